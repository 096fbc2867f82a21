import type { EventDetail } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { note } from '../db/audit.ts';
import { addJob, liveJobs, sameJob } from '../db/jobs.ts';
import { jobPassword } from '../db/places.ts';
import type { Server } from '../db/servers.ts';
import { identityOf } from '../db/server-identity.ts';
import type { Tx } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import type { Supplied } from '../servers/address.ts';
import type { Secret } from '../vault/secret.ts';
import type { JobActor, JobRequest, RouteSwitch } from './request.ts';
import { shareOf } from './share.ts';
import { keepWithJob } from './supplied-connection.ts';

/** Of one server. More clicks than that are no clicks. */
const mostLiveJobs = 20;

export interface Asked {
	server: Server;
	request: JobRequest;
	askedBy: JobActor;
	/** A secret that belongs to what is asked: told apart by digest, kept sealed with the job if `keep`. */
	password?: { secret: Secret; keepWithJob: boolean };
	/** How to reach the server, where another plugin keeps that: sealed with the job. */
	connection: Supplied | null;
}

/**
 * Queues a job in the transaction that changes what it is about: its row, its first event and its place in the
 * queue appear together. The same click (verb, server and whose it is, what is asked, and with a password the person)
 * gives the job that is already there.
 * Errors: too_many_requests.
 */
export async function askForJob(
	{ queue, vault, secrets }: Pick< App, 'queue' | 'vault' | 'secrets' >,
	tx: Tx,
	asked: Asked
): Promise< { jobId: string } > {
	const { server, request, askedBy, password, connection } = asked;
	const ref = { siteId: server.siteId, serverId: server.serverId };
	const digest = vault.digest(
		JSON.stringify( [
			request,
			password ? [ password.secret.reveal(), askedBy.login ] : null,
			// the next owner is not given the job of a former one, which they could not read
			server.handedAt,
		] )
	);
	const identity = identityOf( server );
	const job = await addJob( tx, vault, { ...ref, request, digest, identity, askedBy } );
	if ( job && ( await liveJobs( tx, ref ) ) > mostLiveJobs ) {
		throw new GatewayError( 'too_many_requests', { waitingJobs: mostLiveJobs } );
	}
	if ( ! job ) {
		const same = await sameJob( tx, { ...ref, verb: request.verb, digest } );
		// it may have ended between the two looks
		return same ? { jobId: same.id } : askForJob( { queue, vault, secrets }, tx, asked );
	}
	if ( password?.keepWithJob ) {
		await secrets.save( tx, jobPassword( job ), password.secret );
	}
	if ( connection ) {
		await keepWithJob( secrets, tx, job, connection );
	}
	await queue.send( tx, { jobId: job.id, identity, ...( await shareOf( tx, { ...ref, askedBy } ) ) } );
	await note( tx, vault, {
		...ref,
		actor: askedBy.login,
		action: 'job_asked',
		detail: { verb: request.verb, jobId: job.id, ...choicesIn( request ) },
	} );
	return { jobId: job.id };
}

/** What a person chose against a warning. */
function choicesIn( request: JobRequest ): EventDetail {
	if ( request.verb === 'remove_gateway' ) {
		return { waitingMail: request.waitingMail };
	}
	if ( request.verb === 'deliver_waiting_mail' ) {
		return { older: request.older };
	}
	if ( request.verb === 'send_test_email' ) {
		return request.as ? { user: request.as.user } : {};
	}
	if ( request.verb === 'change_queue' ) {
		return { queueAction: request.action, messages: request.ids.length };
	}
	if ( request.verb === 'pause_site' ) {
		return { user: request.user ?? String( request.uid ), how: request.how };
	}
	if ( request.verb === 'resume_site' ) {
		return { user: request.user ?? String( request.uid ), held: request.held };
	}
	if ( request.verb === 'set_route' || request.verb === 'check_route' ) {
		const { user, smtpServer, senders, account } = request;
		if ( request.verb === 'set_route' && request.backup ) {
			return { user, ...switchIn( request.backup ) };
		}
		// the record is shown to people who are not shown the accounts
		return { user, senders, ...( account ? {} : { smtpServer } ) };
	}
	if ( request.verb === 'remove_route' ) {
		return { user: request.user };
	}
	if ( request.verb === 'route_others' ) {
		return { without: request.without };
	}
	if ( request.verb === 'turn_on_sandbox' ) {
		const { kind, ...where } = request.rules;
		return { sandbox: kind, ...where };
	}
	if ( request.verb === 'turn_off_sandbox' ) {
		return { held: request.held };
	}
	if ( request.verb === 'cap_site' ) {
		const { kind } = request.cap;
		const limits = kind === 'limits' ? request.cap.limits : {};
		return { user: request.uid === null ? null : request.user ?? String( request.uid ), cap: kind, ...limits };
	}
	if ( request.verb === 'install_gateway' && request.backup ) {
		return switchIn( request.backup );
	}
	if ( request.verb === 'change_doors' ) {
		return { users: request.users.map( ( { uid, user } ) => user ?? String( uid ) ) };
	}
	return 'consents' in request && request.consents.length > 0 ? { consents: request.consents } : {};
}

const switchIn = ( backup: RouteSwitch ): EventDetail =>
	backup.to === 'backup' ? { backup: 'switch', why: backup.why } : { backup: 'back' };
