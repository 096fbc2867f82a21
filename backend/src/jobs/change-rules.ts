import { GatewayError, isFailure } from '../errors.ts';
import { baseOf } from '../gateway/change.ts';
import type { Facts } from '../gateway/facts.ts';
import { plan } from '../gateway/plan.ts';
import type { Rules } from '../gateway/rules.ts';
import type { Remote } from '../ssh/remote.ts';
import { installedOn } from './compare-installed.ts';
import type { JobContext } from './context.ts';
import { refuseNotOurs } from './deliver-waiting-mail.ts';
import { lastLookOf, lookAt } from './look-at.ts';

/**
 * Brings the gateway to what was installed, with these rules; what had been changed there by hand is made right, too.
 * Errors: gateway_not_installed, managed_by_another_site, password_required, forbidden, those of `apply`, verify_failed.
 */
export async function changeRules(
	context: JobContext,
	remote: Remote,
	{ facts, next }: { facts: Facts; next: Rules }
) {
	const installed = await installedForChange( context, facts );
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

/** What was installed, where this job may change it. Errors: gateway_not_installed, managed_by_another_site, password_required, forbidden. */
export async function installedForChange( context: JobContext, facts: Facts ) {
	refuseNotOurs( context, facts );
	const installed = await installedOn( context );
	if ( ! installed ) {
		throw new GatewayError( 'password_required' );
	}
	if ( installed.isOfDefaults && ! context.server.mayHaveDefaults ) {
		throw new GatewayError( 'forbidden', { reason: 'connection_not_set_by_administrator' } );
	}
	return installed;
}
