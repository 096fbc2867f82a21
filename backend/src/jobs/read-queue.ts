import { recordOf } from '../db/change-server.ts';
import { cursorOf } from '../ledger/keep.ts';
import { keepQueue } from '../ledger/queue.ts';
import type { QueueRead } from '../ledger/queue-read.ts';
import { observe } from '../gateway/observation.ts';
import type { Facts } from '../gateway/facts.ts';
import type { Remote } from '../ssh/remote.ts';
import { compareInstalled } from './compare-installed.ts';
import type { JobContext, VerbOf } from './context.ts';
import { refuseNotOurs } from './deliver-waiting-mail.ts';
import { followLog } from './follow-log.ts';
import { lastLookOf, seenBefore, withLook } from './look-at.ts';
import type { JobRequest } from './request.ts';

/** Reads what is in the queue. Errors: gateway_not_installed, managed_by_another_site. */
export const readQueue: VerbOf< Extract< JobRequest, { verb: 'read_queue' } > > = ( context ) =>
	withLook( context, async ( remote, facts ) => {
		refuseNotOurs( context, facts );
		const { total, messages } = await queueStep( context, remote );
		const held = messages.filter( ( { isHeld } ) => isHeld ).length;
		return { result: { verb: 'read_queue', total, held } };
	} );

/** Reads the log up to now, then the queue: the log tells whose the messages are. */
export function queueStep( context: JobContext, remote: Remote ): Promise< QueueRead > {
	const { app, server } = context;
	return context.step( 'read_queue', async () => {
		const signal = context.stopSignal();
		const piece = await app.tools.readLog( remote, await cursorOf( app.db, server.id ), { signal } );
		await followLog( app, { server, remote, signal }, piece );
		const value = await app.tools.readQueue( remote, { signal } );
		await keepQueue( app.db, server.id, value );
		return { value, detail: { messages: value.total } };
	} );
}

/** What a look would see of the queue now. */
export async function recordQueue(
	context: JobContext,
	{ remote, facts, read }: { remote: Remote; facts: Facts; read: QueueRead }
): Promise< void > {
	const { app, server } = context;
	const stuck = read.messages.filter( ( { isHeld, reason } ) => isHeld || reason !== '' ).length;
	const oldestS = read.total === 0 ? null : facts.oldestS;
	const after = { ...facts, queue: read.total, stuck: Math.min( stuck, read.total ), oldestS };
	const mail = observe( after, await compareInstalled( context, facts ), seenBefore( server ) );
	await recordOf( app.db, server, { lastLook: await lastLookOf( context, remote, after, mail ) } );
}
