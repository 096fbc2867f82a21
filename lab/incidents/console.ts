import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cgroupPath } from '../servers/cgroup.ts';
import { readServer } from '../servers/record.ts';
import { linkOf } from '../servers/server.ts';
import { run, tryRun } from '../system/run.ts';

const table = [ 'inet', 'lab_sshd' ];

function namespaceOf( name: string ): string {
	const record = readServer( name );
	if ( ! record ) {
		throw new Error( `There is no server ${ name }.` );
	}
	return linkOf( record ).namespace;
}

/** Runs a script as root on a server past its sshd, as at the console that a hoster offers. Throws where it fails. */
export async function atConsole( name: string, script: string, signal: AbortSignal ): Promise< void > {
	const pids = ( await run( [ 'ip', 'netns', 'pids', namespaceOf( name ) ] ) ).trim().split( /\s+/ );
	const first = pids.find( isFirstProcess );
	if ( first === undefined ) {
		throw new Error( `${ name } does not run.` );
	}
	const enter = [ 'nsenter', '--target', first, '--mount', '--uts', '--ipc', '--net', '--pid' ];
	await run( [ ...enter, '/bin/sh', '-s' ], {
		input: `export PATH=/usr/sbin:/usr/bin:/sbin:/bin\n${ script }\n`,
		signal,
	} );
}

/** Number 1 in a namespace of its own. */
function isFirstProcess( pid: string ): boolean {
	try {
		return /^NSpid:\s+\d+\s.*\b1$/m.test( readFileSync( `/proc/${ pid }/status`, 'utf8' ) );
	} catch {
		return false;
	}
}

/** A firewall before the server: drops or resets what comes to port 22; null lifts it. */
export async function closeSsh( name: string, how: 'drop' | 'reject' | null ): Promise< void > {
	const nft = [ 'ip', 'netns', 'exec', namespaceOf( name ), 'nft' ];
	await tryRun( [ ...nft, 'delete', 'table', ...table ] );
	if ( how !== null ) {
		const verdict = how === 'drop' ? 'drop' : 'reject with tcp reset';
		const rules = `table ${ table.join( ' ' ) } {
	chain in { type filter hook input priority 0; iifname "eth0" tcp dport 22 ${ verdict }; }
}
`;
		await run( [ ...nft, '-f', '-' ], { input: rules } );
	}
}

/** Stops all processes of a server where they are, or lets them go on. */
export function freeze( name: string, frozen: boolean ): void {
	writeFileSync( join( cgroupPath( namespaceOf( name ) ), 'server', 'cgroup.freeze' ), frozen ? '1' : '0' );
}
