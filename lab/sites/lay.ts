import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { spawn } from 'node:child_process';
import { execInServer, type Reachable } from '../servers/ssh.ts';

/** Copies what is in a folder of this machine to a folder of a server, which is made. */
export async function layFolder(
	server: Reachable,
	from: string,
	{ to, tarOptions = [], signal }: { to: string; tarOptions?: readonly string[]; signal: AbortSignal }
): Promise< void > {
	const packed = spawn( 'tar', [ '-C', from, ...tarOptions, '-cf', '-', '.' ], {
		stdio: [ 'ignore', 'pipe', 'ignore' ],
	} );
	const chunks: Buffer[] = [];
	for await ( const chunk of packed.stdout ) {
		chunks.push( chunk as Buffer );
	}
	const script = `mkdir -p ${ to } && tar -xf - --no-same-owner -C ${ to }`;
	await sent( server, script, Buffer.concat( chunks ), signal );
}

export async function layText(
	server: Reachable,
	text: string,
	{ to, signal }: { to: string; signal: AbortSignal }
): Promise< void > {
	await sent( server, `mkdir -p ${ dirname( to ) } && cat >${ to }`, Buffer.from( text ), signal );
}

async function sent( server: Reachable, script: string, input: Buffer, signal: AbortSignal ): Promise< void > {
	const { code, stderr } = await execInServer( server, script, { input, signal } );
	if ( code !== 0 ) {
		throw new Error( `A file could not be written on ${ server.host }: ${ stderr.slice( -500 ) }` );
	}
}

export const mailPlugin = (): string => readFileSync( join( import.meta.dirname, 'mail-plugin.php' ), 'utf8' );
