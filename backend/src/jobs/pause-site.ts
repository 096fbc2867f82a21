import type { QueueAction } from '@email-gateway/shared';
import { recordOf } from '../db/change-server.ts';
import { endPause, keepPause, pausesOn } from '../db/pauses.ts';
import { GatewayError, isFailure } from '../errors.ts';
import { baseOf } from '../gateway/change.ts';
import type { Facts } from '../gateway/facts.ts';
import type { Paused } from '../gateway/pauses.ts';
import { plan } from '../gateway/plan.ts';
import type { Remote } from '../ssh/remote.ts';
import { installedOn } from './compare-installed.ts';
import type { JobContext, VerbOf } from './context.ts';
import { refuseNotOurs } from './deliver-waiting-mail.ts';
import { lastLookOf, lookAt, withLook } from './look-at.ts';
import type { JobRequest } from './request.ts';

/**
 * Pauses sending of a Unix user: a change of the gateway as an install is. Then what they had queued is held, too.
 * Errors: those of changePauses.
 */
export const pauseSite: VerbOf< Extract< JobRequest, { verb: 'pause_site' } > > = ( context, { uid, user, how } ) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server, job } = context;
		const others = ( await pausesOn( app.db, server ) ).filter( ( one ) => one.uid !== uid );
		const next = [ ...others, { uid, user, how } ].sort( ( a, b ) => a.uid - b.uid );
		const seen = await changePauses( context, remote, { facts, next } );
		await keepPause( app.db, server, { uid, user, how, by: job.askedBy.login } );
		const held = await siteMail( context, remote, { uid, action: 'hold' } );
		return {
			result: { verb: 'pause_site', how, held },
			record: ( tx ) => recordOf( tx, server, { lastLook: seen } ),
		};
	} );

/** Lets a user send again, and does with their held mail what was chosen. Errors: those of changePauses. */
export const resumeSite: VerbOf< Extract< JobRequest, { verb: 'resume_site' } > > = (
	context,
	{ uid, held: choice }
) =>
	withLook( context, async ( remote, facts ) => {
		const { app, server } = context;
		const next = ( await pausesOn( app.db, server ) ).filter( ( one ) => one.uid !== uid );
		const seen = await changePauses( context, remote, { facts, next } );
		await endPause( app.db, server, uid );
		// what is kept is held as by a person: the gateway forgets that it held it
		const action = choice === 'keep' ? 'hold' : choice;
		const messages = await siteMail( context, remote, { uid, action } );
		return {
			result: { verb: 'resume_site', choice, messages },
			record: ( tx ) => recordOf( tx, server, { lastLook: seen } ),
		};
	} );

/**
 * Brings the gateway to what was installed, with these users paused; what had been changed there by hand is made right, too.
 * Errors: gateway_not_installed, managed_by_another_site, password_required, forbidden, those of `apply`, verify_failed.
 */
async function changePauses(
	context: JobContext,
	remote: Remote,
	{ facts, next }: { facts: Facts; next: readonly Paused[] }
) {
	refuseNotOurs( context, facts );
	const installed = await installedOn( context );
	if ( ! installed ) {
		throw new GatewayError( 'password_required' );
	}
	if ( installed.isOfDefaults && ! context.server.mayHaveDefaults ) {
		throw new GatewayError( 'forbidden', { reason: 'connection_not_set_by_administrator' } );
	}
	const desired = installed.desiredFor( facts, next );
	const steps = await context.step( 'plan', async () => {
		const value = plan( facts, desired );
		return { value, detail: { changes: value.length } };
	} );
	const { app, job, signal, cancel, onStep, onSign } = context;
	await context.beginApplying();
	const change = { jobId: job.id, desired, base: baseOf( facts ), plan: steps };
	await app.tools.apply( remote, change, { signal, cancel, onStep, onSign } );
	const after = await lookAt( context, remote, 'look_again' ).catch( ( error: unknown ) => {
		throw isFailure( error ) ? new GatewayError( error.code, error.detail, 'unknown' ) : error;
	} );
	const left = plan( after, installed.desiredFor( after, next ) );
	if ( left.length > 0 ) {
		const subjects = left.map( ( { kind, subject } ) => `${ kind } ${ subject }` );
		throw new GatewayError( 'verify_failed', { left: subjects.slice( 0, 20 ) }, 'unknown' );
	}
	return lastLookOf( context, remote, after );
}

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
