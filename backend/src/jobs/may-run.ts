import type { App } from '../app.ts';
import { isGenuineJob } from '../db/genuine.ts';
import type { Outcome } from '../db/job-life.ts';
import type { Job } from '../db/jobs.ts';
import { identityOf } from '../db/server-identity.ts';
import type { Server } from '../db/servers.ts';
import { type Site, isExpired } from '../db/sites.ts';
import { GatewayError } from '../errors.ts';
import { refuseTampered, refuseUntrusted } from '../servers/readiness.ts';
import { shareOf } from './share.ts';

/** More deliveries than restarts explain: the job itself ends its worker. */
const mostDeliveries = 50;

/** A job that was queued before its server's key was trusted waits in the line of that key instead. */
export async function movedOn( app: App, job: Job, server: Server ): Promise< boolean > {
	const identity = identityOf( server );
	if ( identity === job.identity ) {
		return false;
	}
	await app.db.transaction().execute( async ( tx ) => {
		const share = await shareOf( tx, { siteId: job.siteId, serverId: job.serverId, askedBy: job.askedBy } );
		await app.queue.send( tx, { jobId: job.id, identity, ...share } );
	} );
	return true;
}

/** How a claimed job ends that is not begun at all; null: it is begun. */
export function notBegun( app: App, job: Job, { deliveredBefore }: { deliveredBefore: number } ): Outcome | null {
	if ( ! isGenuineJob( app.vault, job ) ) {
		app.log.error( { jobId: job.id }, 'a job that we did not write is not done' );
		return {
			state: 'failed',
			error: { code: 'record_not_genuine', detail: { record: 'jobs' }, changed: 'nothing' },
		};
	}
	return deliveredBefore < mostDeliveries
		? null
		: { state: 'failed', error: { code: 'apply_interrupted', detail: { deliveredBefore }, changed: 'unknown' } };
}

/** What is being changed is brought to its end. Errors: site_revoked, site_key_expired: what gave us the right has ended. */
export function refuseEnded( site: Site, { applying }: Job ): void {
	if ( applying ) {
		return;
	}
	if ( site.revokedAt !== null ) {
		throw new GatewayError( 'site_revoked' );
	}
	if ( isExpired( site, Date.now() ) ) {
		throw new GatewayError( 'site_key_expired' );
	}
}

/** Errors: those of refuseUntrusted. A check reaches a server to learn its key, and Find Settings reaches none. */
export function refuseUnready( { verb }: Job, server: Server ): void {
	refuseTampered( server );
	if ( verb !== 'check_connection' && verb !== 'find_settings' ) {
		refuseUntrusted( server );
	}
}
