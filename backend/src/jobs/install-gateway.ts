import type { Alignment, PlannedStep } from '@email-gateway/shared';
import type { Server } from '../db/servers.ts';
import { recordOf } from '../db/change-server.ts';
import { routesOn } from '../db/routes.ts';
import { settingsVersion, type OfAccount } from '../db/settings.ts';
import type { Db, JsonText, LastLook } from '../db/tables.ts';
import { GatewayError, isFailure } from '../errors.ts';
import type { Desired } from '../gateway/desired.ts';
import { namesOf } from '../gateway/server-names.ts';
import { baseOf } from '../gateway/change.ts';
import type { Facts } from '../gateway/facts.ts';
import { namesToAskFor, type TakesMail } from '../gateway/own-names.ts';
import { plan } from '../gateway/plan.ts';
import { refusalOf } from '../gateway/refusal.ts';
import { accountsOfRoutes, type Route } from '../gateway/routes.ts';
import type { Remote } from '../ssh/remote.ts';
import type { Done, JobContext, VerbOf } from './context.ts';
import { alignmentStep } from './alignment-step.ts';
import { lastLookOf, lookAt, withLook } from './look-at.ts';
import { flushStep, seenAfter } from './flush-step.ts';
import { noteBackup } from './note-backup.ts';
import { preflightStep } from './preflight-step.ts';
import type { JobRequest } from './request.ts';
import { asIfNoCredential, refuseUnshownFound } from './unshown.ts';
import { wantedOf, type Wanted } from './wanted.ts';

type InstallRequest = Extract< JobRequest, { verb: 'install_gateway' } >;

/**
 * Look, ask the provider, plan, apply, look again: only when the plan is empty then are these settings installed.
 * Errors: those of `refusalOf`, provider_*, those of `apply`, verify_failed.
 */
export const installGateway: VerbOf< InstallRequest > = async ( context, request ) => {
	const wanted = await wantedOf( context, request );
	return withLook( context, async ( remote, facts ) => {
		const takesMail = await askWhoTakesMail( context, wanted, facts );
		const desired = wanted.desiredFor( facts, takesMail );
		// what was begun is followed to its end, whatever the server looks like halfway
		const changes = context.isApplying()
			? plan( facts, desired )
			: await planChecked( context, remote, { request, wanted, facts, desired } );
		if ( changes === 'already_right' ) {
			return alreadyRight( context, remote, { request, facts, wanted } );
		}
		const { app, job, signal, cancel, onStep, onSign } = context;
		await context.beginApplying();
		const change = { jobId: job.id, desired, base: baseOf( facts ), plan: changes };
		const { savedQueue } = await app.tools.apply( remote, change, { signal, cancel, onStep, onSign } );
		const right = await verify( context, remote, { wanted, takesMail } );
		const { delivered, waiting } = await flushStep( context, remote, { queue: right.queue } );
		return installed( context, request, {
			...{ alreadyRight: false, deliveredAfter: delivered, stillWaiting: waiting },
			seen: await lastLookOf( context, remote, seenAfter( right, { delivered } ) ),
			alignments: await alignmentsOf( context, request, wanted ),
			...( savedQueue !== null && { savedQueue } ),
		} );
	} );
};

/** Asks DNS which of the server's names are domains with mailboxes. Once a job, so that both looks get the same answer. */
export function askWhoTakesMail(
	{ app, stopSignal }: Pick< JobContext, 'app' | 'stopSignal' >,
	{ settings, siteUrl }: Pick< Wanted, 'settings' | 'siteUrl' >,
	facts: Facts
): Promise< TakesMail > {
	const names = namesToAskFor( namesOf( settings, siteUrl, facts ) );
	return app.tools.askMailServers( { names, dnsServers: app.config.dnsServers, signal: stopSignal() } );
}

/** Nothing to change. What waits is tried again, as the screen promises. */
async function alreadyRight(
	context: JobContext,
	remote: Remote,
	{ request, facts, wanted }: { request: InstallRequest; facts: Facts; wanted: Wanted }
): Promise< Done > {
	const { delivered, waiting } =
		facts.queue > 0 ? await flushStep( context, remote, { queue: facts.queue } ) : { delivered: 0, waiting: 0 };
	return installed( context, request, {
		...{ alreadyRight: true, deliveredAfter: delivered, stillWaiting: waiting },
		seen: await lastLookOf( context, remote, seenAfter( facts, { delivered } ) ),
		alignments: await alignmentsOf( context, request, wanted ),
	} );
}

const alignmentsOf = ( context: JobContext, { backup }: InstallRequest, wanted: Wanted ) =>
	backup?.to === 'backup' ? alignmentStep( context, backup, wanted ) : Promise.resolve( [] );

/** The plan, after everything that may speak against it. Nothing has been changed yet. */
async function planChecked(
	context: JobContext,
	remote: Remote,
	{ request, wanted, facts, desired }: { request: InstallRequest; wanted: Wanted; facts: Facts; desired: Desired }
): Promise< PlannedStep[] | 'already_right' > {
	const { consents } = request;
	const refusal = refusalOf( facts, { site: { id: context.site.id, serverId: context.job.serverId }, consents } );
	if ( refusal ) {
		throw refusal;
	}
	if ( wanted.account === null ) {
		await refuseUnshownFound( context, facts );
	}
	try {
		await preflightStep( context, remote, { ...wanted, saved: [ wanted.account ] } );
		// a switch to the backup changes no route
		for ( const signIn of request.backup ? [] : accountsOfRoutes( wanted.routes ) ) {
			const settings = { ...wanted.settings, ...signIn.account };
			const saved = await savedOfRoutes( context, signIn );
			await preflightStep( context, remote, { settings, password: signIn.password, saved } );
		}
	} catch ( error ) {
		const mayGoOn =
			consents.includes( 'install_anyway' ) && isFailure( error ) && error.code.startsWith( 'provider_' );
		if ( ! mayGoOn ) {
			throw error;
		}
	}
	return context.step( 'plan', async () => {
		const changes = plan( asIfNoCredential( context, facts ), desired );
		return { value: changes.length > 0 ? changes : 'already_right', detail: { changes: changes.length } };
	} );
}

/** Which saved accounts are signed in with for routes that have this one. */
async function savedOfRoutes(
	{ app, server }: Pick< JobContext, 'app' | 'server' >,
	{ account: { smtpServer, smtpPort, userName }, password }: Pick< Route, 'account' | 'password' >
): Promise< ( OfAccount | null )[] > {
	const { routes } = await routesOn( app, server );
	const signIn = [ smtpServer, smtpPort, userName, password.reveal() ].join( '\n' );
	return routes
		.filter( ( one ) => [ one.smtpServer, one.smtpPort, one.userName, one.password ].join( '\n' ) === signIn )
		.map( ( { account } ) => account );
}

/** Errors: verify_failed with what would still have to be changed; whatever fails here, the server was changed. */
async function verify(
	context: JobContext,
	remote: Remote,
	{ wanted, takesMail }: { wanted: Wanted; takesMail: TakesMail }
): Promise< Facts > {
	const facts = await lookAt( context, remote, 'look_again' ).catch( ( error: unknown ) => {
		throw isFailure( error ) ? new GatewayError( error.code, error.detail, 'unknown' ) : error;
	} );
	const left = plan( facts, wanted.desiredFor( facts, takesMail ) );
	if ( left.length ) {
		throw new GatewayError(
			'verify_failed',
			{ left: left.map( ( { kind, subject } ) => `${ kind } ${ subject }` ).slice( 0, 20 ) },
			'unknown'
		);
	}
	return facts;
}

function installed(
	context: JobContext,
	request: InstallRequest,
	{
		seen,
		alignments,
		...told
	}: {
		alreadyRight: boolean;
		deliveredAfter: number;
		stillWaiting: number;
		savedQueue?: string;
		seen: JsonText< LastLook >;
		alignments: readonly Alignment[];
	}
): Done {
	const { server } = context;
	const { version } = request;
	return {
		result: { verb: 'install_gateway', ...told },
		record: async ( tx ) => {
			await noteBackup( context, tx, { request, alignments } );
			await recordOf( tx, server, {
				installedVersion: version,
				unfinished: false,
				// the plan for these settings is empty
				lastLook: seen,
				...( told.alreadyRight || ( await isStillProved( tx, server, version ) ) ? {} : { lastTest: null } ),
			} );
		},
	};
}

/**
 * Whether the last test email still proves these settings: the provider took it, and only the server had come to differ.
 * What failed may have failed because of that.
 */
async function isStillProved( tx: Db, server: Server, version: number ): Promise< boolean > {
	const ref = { siteId: server.siteId, serverId: server.serverId };
	const before = await settingsVersion( tx, ref, server.installedVersion );
	const now = await settingsVersion( tx, ref, version );
	return server.lastTest?.outcome === 'accepted' && before !== undefined && before.digest === now?.digest;
}
