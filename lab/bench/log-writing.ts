import { sql } from 'kysely';
import type { Database } from '../../backend/src/db/database.ts';
import { cursorOf, keepPiece } from '../../backend/src/ledger/keep.ts';
import type { BenchContext } from './figures.ts';
import { messageLines, seeded, usersOf } from './log-lines.ts';

/** As many as a piece of 256 KiB holds. */
const messagesAPiece = 250;
/** As many looks as a worker takes at once. */
const writers = 4;
const periodMs = 29 * 86_400_000;

/** @return messages a second, without the time that making the lines took */
export async function write(
	context: BenchContext,
	{ db }: Database,
	rows: string[],
	messages: number
): Promise< number > {
	const each = Math.ceil( messages / rows.length );
	const beganMs = Date.now() - periodMs;
	let makingMs = 0;
	let written = 0;
	const queue = rows.entries();
	const startedMs = performance.now();
	const writeServer = async ( at: number, server: string ) => {
		const random = seeded( at + 1 );
		for ( let from = 0; from < each; from += messagesAPiece ) {
			context.signal.throwIfAborted();
			const makeMs = performance.now();
			const lines: string[] = [];
			for ( let n = from; n < Math.min( each, from + messagesAPiece ); n++ ) {
				lines.push( ...messageLines( at, beganMs + Math.floor( ( n / each ) * periodMs ), random ) );
			}
			makingMs += performance.now() - makeMs;
			const after = await cursorOf( db, server );
			const piece = {
				...{
					after,
					follows: after.head !== '',
					next: { head: 'file', position: after.position + lines.length },
				},
				...{ lines, isMore: true, clock: { atMs: Date.now(), aheadMinutes: 0 }, users: usersOf( at ) },
			};
			if ( ! ( await keepPiece( db, server, piece, { isUnshown: false } ) ) ) {
				throw new Error( 'A piece was dropped.' );
			}
			written += Math.min( each, from + messagesAPiece ) - from;
		}
		if ( at % 20 === 0 ) {
			context.log( `${ written } messages` );
		}
	};
	await Promise.all(
		Array.from( { length: writers }, async () => {
			for ( const [ at, server ] of queue ) {
				await writeServer( at, server );
			}
		} )
	);
	const { rows: counted } = await sql< { count: number } >`select count(*)::integer as count from mails`.execute(
		db
	);
	if ( counted[ 0 ]?.count !== written ) {
		throw new Error( `${ written } messages were written, and ${ counted[ 0 ]?.count } are there.` );
	}
	return Math.round( ( written / ( performance.now() - startedMs - makingMs ) ) * 1000 );
}
