import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { GatewayError } from '../errors.ts';
import type { LogCursor, LogPiece } from '../ledger/log-piece.ts';
import type { Remote } from '../ssh/remote.ts';
import { withoutControls } from '../ssh/text.ts';
import { programs } from './compose.ts';
import { append } from './told.ts';

/** About 450 messages. */
export const pieceBytes = 256 * 1024;
/** So much of a file's beginning tells it from others. */
const headBytes = 256;

/** The line of standard input that asks for what follows on a cursor. */
export const cursorLine = ( { head, position }: LogCursor ): string =>
	`${ head === '' ? '-' : head } ${ position } ${ pieceBytes }\n`;

/**
 * Reads what follows on a cursor; null where the server keeps no log of ours. Errors: server_answer_not_understood, and
 * those of `Remote.run`.
 */
export async function readLog(
	remote: Remote,
	after: LogCursor,
	{ signal }: { signal: AbortSignal }
): Promise< LogPiece | null > {
	const { exitCode, stdout } = await remote.run( programs[ 'mail-log' ], {
		stdin: Buffer.from( cursorLine( after ) ),
		signal,
		timeoutMs: 60_000,
	} );
	if ( exitCode !== 0 || ! stdout.endsWith( 'end\n' ) ) {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'log' } );
	}
	return parseLogPiece( stdout, after );
}

const told = z.object( {
	follows: z.enum( [ 'yes', 'no' ] ),
	// the clock of a server may be wrong, but not by decades
	clock: z.tuple( [ z.coerce.number().int().min( 1.5e9 ).max( 4e9 ), z.string().regex( /^[+-]\d{4}$/ ) ] ),
	place: z.tuple( [ bytes(), bytes(), z.enum( [ '', 'newer' ] ).default( '' ) ] ),
	start: z.base64(),
	bytes: z.base64(),
	users: z
		.array( z.tuple( [ z.coerce.number().int().min( 0 ).max( 4_294_967_295 ), z.string().max( 64 ) ] ) )
		.max( 200 ),
} );

function bytes() {
	return z.coerce.number().int().min( 0 ).max( Number.MAX_SAFE_INTEGER );
}

/** Reads the lines of mail_log_piece; null where there are none. Anything unexpected is refused. */
export function parseLogPiece( stdout: string, after: LogCursor ): LogPiece | null {
	const lines = new Map< string, string[] >();
	for ( const line of stdout.split( '\n' ) ) {
		const [ , name, value ] = /^log_([a-z]+) (.*)$/.exec( line ) ?? [];
		if ( name !== undefined && value !== undefined ) {
			append( lines, name, value );
		}
	}
	if ( lines.size === 0 ) {
		return null;
	}
	const one = ( name: string ) => lines.get( name )?.[ 0 ];
	const parsed = told.safeParse( {
		follows: one( 'follows' ),
		clock: one( 'clock' )?.split( ' ' ),
		place: one( 'place' )?.split( ' ' ),
		start: one( 'start' ),
		bytes: ( lines.get( 'bytes' ) ?? [] ).join( '' ),
		users: ( lines.get( 'user' ) ?? [] ).map( ( line ) => line.split( ' ' ) ),
	} );
	if ( ! parsed.success ) {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'log' } );
	}
	return pieceOf( parsed.data, after );
}

function pieceOf(
	{
		follows,
		clock: [ seconds, zone ],
		place: [ position, size, newer ],
		start,
		bytes: packed,
		users,
	}: z.output< typeof told >,
	after: LogCursor
): LogPiece {
	const piece = unpacked( packed );
	// of a file that is written to no more, and of one without any line, all is read
	const isWhole =
		piece.length === pieceBytes ? ! piece.includes( 10 ) : newer !== '' && position + piece.length >= size;
	const read = isWhole ? piece.length : piece.lastIndexOf( 10 ) + 1;
	const next = position + read;
	return {
		after,
		follows: follows === 'yes',
		next: {
			head: digestOf( Buffer.from( start, 'base64' ).subarray( 0, Math.min( next, headBytes ) ) ),
			position: next,
		},
		lines: linesOf( piece.subarray( 0, read ) ),
		isMore: newer !== '' || ( read > 0 && next < size ),
		clock: { atMs: seconds * 1000, aheadMinutes: minutesOf( zone ), oursMs: Date.now() },
		users: [ ...new Map( users.map( ( [ uid, name ] ) => [ uid, { uid, name } ] ) ).values() ],
	};
}

/** A piece that is more than was asked for is none. */
function unpacked( base64: string ): Buffer {
	try {
		return gunzipSync( Buffer.from( base64, 'base64' ), { maxOutputLength: pieceBytes } );
	} catch {
		throw new GatewayError( 'server_answer_not_understood', { fact: 'log' } );
	}
}

const digestOf = ( begin: Buffer ) => createHash( 'sha256' ).update( begin ).digest( 'hex' );

const linesOf = ( piece: Buffer ) =>
	piece
		.toString( 'utf8' )
		.split( '\n' )
		.filter( ( line ) => line !== '' )
		// one message of a log is one line, and no column of ours
		.map( ( line ) => withoutControls( line ).replaceAll( '\t', ' ' ) );

const minutesOf = ( zone: string ) =>
	( zone.startsWith( '-' ) ? -1 : 1 ) * ( Number( zone.slice( 1, 3 ) ) * 60 + Number( zone.slice( 3 ) ) );
