import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { programs } from '../../backend/src/programs/compose.ts';
import { commandLine } from '../../backend/src/ssh/as-root.ts';
import type { SimulatedServer } from '../fleet/simulated-server.ts';
import { ensureServerKey } from '../servers/layer.ts';
import { labPath } from '../system/paths.ts';
import { run } from '../system/run.ts';
import type { Kept } from './kept.ts';

const nonce = '0'.repeat( 32 );

/** The same look by OpenSSH: a master for each server that keeps its connection, and a client for each look. */
export async function keptByOpenSsh(
	servers: readonly SimulatedServer[],
	rounds: number,
	signal: AbortSignal
): Promise< Omit< Kept, 'newCpuMsALook' > > {
	// paths of sockets are short
	const folder = join( '/tmp', `eg-kept-${ process.pid }` );
	const keyFile = join( labPath, 'openssh-kept', 'key' );
	await mkdir( join( labPath, 'openssh-kept' ), { recursive: true, mode: 0o700 } );
	await ensureServerKey( keyFile );
	await mkdir( folder, { mode: 0o700 } );
	await writeFile( join( folder, 'command' ), commandLine( programs.facts, { elevation: 'root', nonce } ) );
	await writeFile( join( folder, 'input' ), `BEGIN ${ nonce }\n${ nonce }\n` );
	const known = servers.map( ( { port, hostKey } ) => `[127.0.0.1]:${ port } ${ hostKey }\n` ).join( '' );
	await writeFile( join( folder, 'known_hosts' ), known );
	const options = [
		...[
			'-F/dev/null',
			'-oBatchMode=yes',
			'-oIdentitiesOnly=yes',
			'-oStrictHostKeyChecking=yes',
			'-oLogLevel=ERROR',
		],
		...[ `-oUserKnownHostsFile=${ folder }/known_hosts`, `-oControlPath=${ folder }/%p`, '-i', keyFile ],
	];
	const masters: ChildProcess[] = [];
	try {
		for ( const { port } of servers ) {
			const argv = [ ...options, '-oControlMaster=yes', '-N', '-p', `${ port }`, 'root@127.0.0.1' ];
			masters.push( spawn( 'ssh', argv, { stdio: 'ignore', signal } ).on( 'error', () => {} ) );
		}
		for ( const { port } of servers ) {
			await untilThere( [ ...options, '-p', `${ port }`, '-O', 'check', 'root@127.0.0.1' ] );
		}
		const pids = masters.flatMap( ( { pid } ) => pid ?? [] );
		const before = await sum( pids, cpuMs );
		const script = `command=$(cat ${ folder }/command); TIMEFORMAT='%R %U %S'
time for round in $(seq ${ rounds }); do for port in ${ servers.map( ( { port } ) => port ).join( ' ' ) }; do
	ssh ${ options.join( ' ' ) } -p $port root@127.0.0.1 "$command" <${ folder }/input >>${ folder }/answers
done; done`;
		const told = await run( [ 'bash', '-c', `{ ${ script }\n} 2>&1` ], { signal } );
		const [ , user = 0, system = 0 ] = ( told.trim().split( '\n' ).at( -1 ) ?? '' ).split( ' ' ).map( Number );
		const looks = ( await readFile( join( folder, 'answers' ), 'utf8' ) ).match( /^hostname /gm )?.length ?? 0;
		const ofMasters = ( await sum( pids, cpuMs ) ) - before;
		return {
			looks,
			cpuMsALook: ( ( user + system ) * 1000 + ofMasters ) / looks,
			kibAConnection: ( await sum( pids, ownKiB ) ) / pids.length,
		};
	} finally {
		masters.forEach( ( master ) => master.kill() );
		await rm( folder, { recursive: true, force: true } );
	}
}

async function untilThere( argv: string[] ): Promise< void > {
	for ( let tries = 0; ; tries++ ) {
		const isThere = await run( [ 'ssh', ...argv ] ).then(
			() => true,
			() => false
		);
		if ( isThere ) {
			return;
		}
		if ( tries === 100 ) {
			throw new Error( 'A connection of OpenSSH did not come about.' );
		}
		await pause( 100 );
	}
}

const sum = async ( pids: readonly number[], of: ( pid: number ) => Promise< number > ) =>
	( await Promise.all( pids.map( of ) ) ).reduce( ( total, value ) => total + value, 0 );

/** In hundredths of a second. */
async function cpuMs( pid: number ): Promise< number > {
	const stat = await readFile( `/proc/${ pid }/stat`, 'utf8' );
	const fields = stat.slice( stat.lastIndexOf( ')' ) + 2 ).split( ' ' );
	return ( Number( fields[ 11 ] ) + Number( fields[ 12 ] ) ) * 10;
}

/** What no other process shares. */
async function ownKiB( pid: number ): Promise< number > {
	const rollup = await readFile( `/proc/${ pid }/smaps_rollup`, 'utf8' );
	const [ clean = 0, dirty = 0 ] = [ 'Private_Clean', 'Private_Dirty' ].map( ( name ) =>
		Number( new RegExp( `^${ name }:\\s+(\\d+)`, 'm' ).exec( rollup )?.[ 1 ] )
	);
	return clean + dirty;
}
