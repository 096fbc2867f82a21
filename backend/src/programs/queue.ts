import { gunzipSync } from 'node:zlib';
import { mostQueued, queueId, type QueueAction } from '@email-gateway/shared';
import { z } from 'zod';
import { GatewayError } from '../errors.ts';
import type { QueueRead, SeenInQueue } from '../ledger/queue-read.ts';
import type { Remote } from '../ssh/remote.ts';
import { withoutControls } from '../ssh/text.ts';
import { programs } from './compose.ts';

export interface QueueChanged {
	/** Messages with which it was done. */
	changed: number;
	/** Those that were no longer in the queue. */
	gone: number;
}

/** About 250 bytes a message, packed to a tenth; a server that tells more is refused. */
const mostBytes = 24 * 1024 * 1024;
const mostPacked = 4 * 1024 * 1024;

/** Reads the queue, at most `most` messages of it. Errors: server_answer_not_understood, and those of `Remote.run`. */
export async function readQueue(
	remote: Remote,
	{ signal, most = mostQueued }: { signal: AbortSignal; most?: number }
): Promise< QueueRead > {
	const { exitCode, stdout } = await remote.run( programs.readQueue, {
		stdin: Buffer.from( `${ most }\n` ),
		signal,
		timeoutMs: 120_000,
		maxBytes: mostPacked,
	} );
	if ( exitCode !== 0 || ! stdout.endsWith( 'end\n' ) ) {
		throw notUnderstood();
	}
	return parseQueue( stdout, most );
}

const notUnderstood = () => new GatewayError( 'server_answer_not_understood', { fact: 'queue' } );

/** Reads the lines of read-queue.sh. Anything unexpected is refused: the server may be hostile. */
export function parseQueue( stdout: string, most: number ): QueueRead {
	const total = /^queue_total (\d{1,9})$/m.exec( stdout )?.[ 1 ];
	const packed = stdout.match( /^queue_bytes [A-Za-z0-9+/=]*$/gm ) ?? [];
	const lines = unpacked( packed.map( ( line ) => line.slice( 12 ) ).join( '' ) )
		.toString( 'utf8' )
		.split( '\n' )
		.filter( ( line ) => line !== '' );
	if ( total === undefined || lines.length > most ) {
		throw notUnderstood();
	}
	return { total: Math.max( Number( total ), lines.length ), messages: lines.map( messageOf ) };
}

function unpacked( base64: string ): Buffer {
	try {
		return gunzipSync( Buffer.from( base64, 'base64' ), { maxOutputLength: mostBytes } );
	} catch {
		throw notUnderstood();
	}
}

const number = ( most: number ) => z.coerce.number().int().min( 0 ).max( most );
const head = z.tuple( [
	queueId,
	z.string().regex( /^[a-z]{1,12}$/ ),
	number( 4e9 ),
	number( Number.MAX_SAFE_INTEGER ),
	number( 1e6 ),
	z.enum( [ '0', '1' ] ),
] );

function messageOf( line: string ): SeenInQueue {
	const [ first = '', sender = '', reason = '' ] = line.split( '\t' );
	const parsed = head.safeParse( first.split( ' ' ) );
	if ( ! parsed.success ) {
		throw notUnderstood();
	}
	const [ id, queue, at, bytes, recipients, paced ] = parsed.data;
	const from = textOf( sender ).toLowerCase();
	return {
		...{ id, at, bytes: Math.min( bytes, 2_000_000_000 ), recipients },
		isHeld: queue === 'hold' && paced === '0',
		domain: from.includes( '@' )
			? from
					.slice( from.lastIndexOf( '@' ) + 1 )
					.slice( 0, 254 )
					.toWellFormed()
			: null,
		reason: textOf( reason ),
	};
}

/** The text that a JSON text begins with: it may be cut anywhere. */
function textOf( begin: string ): string {
	const [ inside = '' ] = /^(?:[^"\\]|\\u[0-9a-fA-F]{4}|\\[^u])*/.exec( begin ) ?? [];
	try {
		return withoutControls( String( JSON.parse( `"${ inside }"` ) ) )
			.replaceAll( /[\t\n]/g, ' ' )
			.toWellFormed();
	} catch {
		return '';
	}
}

/**
 * Does something with messages of the queue, by their ids. Errors: server_answer_not_understood, and those of
 * `Remote.run`.
 */
export async function changeQueue(
	remote: Remote,
	{ action, ids, signal }: { action: QueueAction; ids: readonly string[]; signal: AbortSignal }
): Promise< QueueChanged > {
	const lines = ids.map( ( id ) => `${ queueId.parse( id ) }\n` );
	const { exitCode, stdout } = await remote.run( programs.changeQueue, {
		stdin: Buffer.from( `${ action }\n${ lines.join( '' ) }` ),
		signal,
		timeoutMs: 180_000,
	} );
	const changed = /^changed (\d{1,9})$/m.exec( stdout )?.[ 1 ];
	const gone = /^gone (\d{1,9})$/m.exec( stdout )?.[ 1 ];
	if ( exitCode !== 0 || ! stdout.endsWith( 'end\n' ) || changed === undefined || gone === undefined ) {
		throw notUnderstood();
	}
	return { changed: Number( changed ), gone: Number( gone ) };
}
