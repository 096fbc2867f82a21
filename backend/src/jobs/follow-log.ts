import type { App } from '../app.ts';
import type { Server } from '../db/servers.ts';
import { hasUnshown } from '../db/settings.ts';
import { isFailure } from '../errors.ts';
import { eventOf } from '../gateway/mail-events.ts';
import { addressHash } from '../ledger/address-hash.ts';
import { isFull } from '../ledger/day-budget.ts';
import { hasSpokenSince, keepPiece } from '../ledger/keep.ts';
import type { LogPiece } from '../ledger/log-piece.ts';
import type { Remote } from '../ssh/remote.ts';

/** A look lasts 15 seconds at most; what a server has not told by then waits for the next one. */
const followForMs = 5000;

export interface LogFollowed {
	/** There is more than was read. */
	isMore: boolean;
	/** Nothing more of it is kept today: nobody hurries to read it. */
	isFull?: boolean;
	/** It told of any message, or has said something a moment ago: a mail each minute is not met by each look. */
	mailFlows: boolean;
}

const momentMs = 150_000;

/**
 * Keeps a piece of a server's log, and reads on over the same connection while there is more. Where that fails or takes too
 * long, the next look goes on with it: what was seen of the server so far is true.
 */
export async function followLog(
	{ db, tools, vault }: Pick< App, 'db' | 'tools' | 'vault' >,
	{ server, remote, signal }: { server: Server; remote: Remote; signal: AbortSignal },
	first: LogPiece | null
): Promise< LogFollowed > {
	let mailFlows = await hasSpokenSince( db, server.id, Date.now() - momentMs );
	const until = Date.now() + followForMs;
	const how = { isUnshown: await hasUnshown( db, server ), hash: addressHash( vault, server.siteId ) };
	for ( let piece = first; piece !== null;  ) {
		mailFlows ||= piece.lines.some( ( line ) => eventOf( line ) !== null );
		if ( ! ( await keepPiece( db, server.id, piece, how ) ) || ! piece.isMore ) {
			break;
		}
		if ( await isFull( db, server.id ) ) {
			return { isMore: true, isFull: true, mailFlows };
		}
		if ( Date.now() > until ) {
			return { isMore: true, mailFlows };
		}
		const next = await tools.readLog( remote, piece.next, { signal } ).catch( ( error: unknown ) => {
			if ( ! isFailure( error ) && ! signal.aborted ) {
				throw error;
			}
			return null;
		} );
		if ( next === null ) {
			return { isMore: true, mailFlows };
		}
		piece = next;
	}
	return { isMore: false, mailFlows };
}
