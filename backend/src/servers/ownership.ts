import type { ServerView } from '@email-gateway/shared';
import type { Job } from '../db/jobs.ts';
import type { Server } from '../db/servers.ts';
import { GatewayError } from '../errors.ts';
import type { Caller } from './caller.ts';

type Handed = Pick< Server, 'handedAt' >;
type Asked = Pick< Job, 'createdAt' >;

/** A request that was on its way while a server changed hands has come by then: none is accepted a minute after it was signed. */
const onItsWayMs = 60_000;

/**
 * Whether a server gets the owner that a request names. For a minute after it changed hands none does: the request may
 * have been on its way, and name the former one. Errors: forbidden, for such a one of somebody who does not manage the site.
 */
export function takesOwner(
	server: Pick< Server, 'owner' | 'handedAt' >,
	owner: number,
	{ may, now }: Pick< Caller, 'may' | 'now' >
): boolean {
	if ( server.owner === owner ) {
		return false;
	}
	if ( ! server.handedAt || now - server.handedAt.getTime() >= onItsWayMs ) {
		return true;
	}
	if ( ! may( 'manage_site' ) ) {
		throw new GatewayError( 'forbidden', { reason: 'permission' } );
	}
	return false;
}

/** Whether it is of before the server got its present owner: what a former owner asked for is for administrators. */
const isOfFormerOwner = ( server: Handed | undefined, { createdAt: at }: Asked ): boolean => {
	const since = server?.handedAt ?? null;
	return since !== null && at < since;
};

/** The job, where this person may know of it. */
export const jobShownTo = < Shown extends Asked >(
	server: Handed | undefined,
	job: Shown | undefined,
	{ may }: Pick< Caller, 'may' >
): Shown | undefined => ( job && isOfFormerOwner( server, job ) && ! may( 'manage_site' ) ? undefined : job );

/** Errors: not_found, for what a former owner of the server asked for. */
export function refuseFormerJob( server: Handed | undefined, job: Asked, caller: Pick< Caller, 'may' > ): void {
	if ( ! jobShownTo( server, job, caller ) ) {
		throw new GatewayError( 'not_found' );
	}
}

/** Since when this person may see what was done to a server; null: always. */
export const auditSince = ( server: Handed | undefined, { may }: Pick< Caller, 'may' > ): Date | null =>
	may( 'manage_site' ) ? null : server?.handedAt ?? null;

/** Told until the present owner has a gateway of their own. */
export function handedOver(
	server: Pick< Server, 'handedAt' | 'handedVersion' | 'submittedVersion' | 'installedVersion' >
): ServerView[ 'handedOver' ] {
	const { handedAt: at, handedVersion: last, submittedVersion: submitted, installedVersion: installed } = server;
	if ( at === null || last === null || ( submitted !== null && submitted > last ) ) {
		return null;
	}
	return { at: at.toISOString(), gatewayStays: installed !== null };
}
