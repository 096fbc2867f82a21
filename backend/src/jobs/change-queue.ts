import { note } from '../db/audit.ts';
import type { VerbOf } from './context.ts';
import { refuseNotOurs } from './deliver-waiting-mail.ts';
import { withLook } from './look-at.ts';
import { queueStep, recordQueue } from './read-queue.ts';
import type { JobRequest } from './request.ts';

/**
 * Does something with chosen messages of the queue, and reads it again. Taken up again it does the same once more: what
 * was done is not undone by that, and what left the queue is counted as gone.
 * Errors: gateway_not_installed, managed_by_another_site.
 */
export const changeQueue: VerbOf< Extract< JobRequest, { verb: 'change_queue' } > > = ( context, { action, ids } ) =>
	withLook( context, async ( remote, facts ) => {
		refuseNotOurs( context, facts );
		const { app, job } = context;
		const { changed, gone } = await context.step( 'change_queue', async () => {
			const value = await app.tools.changeQueue( remote, { action, ids, signal: context.stopSignal() } );
			// at once: what follows may fail
			await note( app.db, app.vault, {
				...{ siteId: job.siteId, serverId: job.serverId, actor: job.askedBy.login, action: 'queue_changed' },
				detail: { queueAction: action, messages: value.changed, gone: value.gone },
			} );
			return { value, detail: { ...value } };
		} );
		const read = await queueStep( context, remote );
		await recordQueue( context, { remote, facts, read } );
		const unchanged = Math.max( 0, ids.length - changed - gone );
		return { result: { verb: 'change_queue', action, changed, gone, unchanged } };
	} );
