import { keepSites } from '../db/server-sites.ts';
import { isFailure } from '../errors.ts';
import { cursorOf } from '../ledger/keep.ts';
import type { LogPiece } from '../ledger/log-piece.ts';
import type { Remote } from '../ssh/remote.ts';
import type { JobContext } from './context.ts';
import { followLog } from './follow-log.ts';
import { keepOverCaps } from './over-cap.ts';

/**
 * Looks at what a job has changed of held mail, and reads its log on, so that a person sees at once what they did, and not after
 * the next look of the pulse. The job is done by then: where this fails, that look tells.
 */
export async function seeAgain( context: JobContext, remote: Remote ): Promise< void > {
	const { app, server } = context;
	const signal = context.stopSignal();
	try {
		let first: LogPiece | null = null;
		const log = { after: await cursorOf( app.db, server.id ), onPiece: ( piece: LogPiece ) => ( first = piece ) };
		const facts = await app.tools.look( remote, { signal, log } );
		await followLog( app, { server, remote, signal }, first );
		await keepSites( app.db, server, facts );
		await keepOverCaps( app, { server, over: facts.over } );
	} catch ( error ) {
		if ( ! isFailure( error ) ) {
			throw error;
		}
		app.log.info( { server: server.id, code: error.code }, 'what a job changed is seen by the next look' );
	}
}
