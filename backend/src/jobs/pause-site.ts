import type { QueueAction } from '@email-gateway/shared';
import { recordOf } from '../db/change-server.ts';
import { endPause, keepPause } from '../db/pauses.ts';
import { rulesOn } from '../db/rules.ts';
import type { Remote } from '../ssh/remote.ts';
import { changeRules } from './change-rules.ts';
import type { JobContext, VerbOf } from './context.ts';
import { withLook } from './look-at.ts';
import { seeAgain } from './see-again.ts';
import type { JobRequest } from './request.ts';

/**
 * Pauses sending of a Unix user: a change of the gateway as an install is. Then what they had queued is held, too.
 * Errors: those of changeRules.
 */
export const pauseSite: VerbOf< Extract< JobRequest, { verb: 'pause_site' } > > = ( context, { uid, user, how } ) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, job } = context;
		const rules = await rulesOn( app, server );
		const others = rules.paused.filter( ( one ) => one.uid !== uid );
		const paused = [ ...others, { uid, user, how } ].sort( ( a, b ) => a.uid - b.uid );
		const seen = await changeRules( context, remote, { facts, next: { ...rules, paused } } );
		await keepPause( app.db, server, { uid, user, how, by: job.askedBy.login } );
		const held = await siteMail( context, remote, { uid, action: 'hold' } );
		await seeAgain( context, remote );
		return {
			result: { verb: 'pause_site', how, held },
			record: ( tx ) => recordOf( tx, server, { lastLook: seen } ),
		};
	} );

/** Lets a user send again, and does with their held mail what was chosen. Errors: those of changeRules. */
export const resumeSite: VerbOf< Extract< JobRequest, { verb: 'resume_site' } > > = (
	context,
	{ uid, held: choice }
) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server } = context;
		const rules = await rulesOn( app, server );
		const paused = rules.paused.filter( ( one ) => one.uid !== uid );
		// nobody paused who is only over the cap
		const isPaused = paused.length < rules.paused.length;
		const seen = isPaused && ( await changeRules( context, remote, { facts, next: { ...rules, paused } } ) );
		await endPause( app.db, server, uid );
		if ( facts.over.some( ( one ) => one.uid === uid ) ) {
			await app.tools.resumeCap( remote, { uid, signal: context.stopSignal() } );
		}
		// what is kept is held as by a person: the gateway forgets that it held it
		const action = choice === 'keep' ? 'hold' : choice;
		const messages = await siteMail( context, remote, { uid, action } );
		await seeAgain( context, remote );
		return {
			result: { verb: 'resume_site', choice, messages },
			record: async ( tx ) => {
				if ( seen ) {
					await recordOf( tx, server, { lastLook: seen } );
				}
			},
		};
	} );

/** Does something with all mail of a user that is in the queue; with how many messages. */
function siteMail(
	{ step, app, stopSignal }: JobContext,
	remote: Remote,
	{ uid, action }: { uid: number; action: QueueAction }
): Promise< number > {
	return step( 'site_mail', async () => {
		let messages = 0;
		// what was on its way into the queue is there at the second time
		for ( let time = 0; time < 2; time++ ) {
			const ids = await app.tools.readSiteQueue( remote, { uid, signal: stopSignal() } );
			if ( ids.length > 0 ) {
				messages += ( await app.tools.changeQueue( remote, { action, ids, signal: stopSignal() } ) ).changed;
			}
		}
		return { value: messages, detail: { messages } };
	} );
}
