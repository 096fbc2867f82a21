import type { Observation } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { accountOf } from '../db/accounts.ts';
import { backupOn, type Backup } from '../db/backup.ts';
import { onBackup, type OnBackup } from '../db/on-backup.ts';
import { routesOn } from '../db/routes.ts';
import type { Server } from '../db/servers.ts';
import { settingsVersion } from '../db/settings.ts';
import type { Site } from '../db/sites.ts';
import { failedWith, switchesOf } from '../db/switches.ts';
import type { ClaimedWatch } from '../db/watches.ts';
import { isFailure } from '../errors.ts';
import { causesOfWaiting, lastAcceptedBy } from '../ledger/by-provider.ts';
import { isSameProvider } from '../servers/backup-account.ts';
import type { Remote } from '../ssh/remote.ts';
import { stepBackup, type BackupKnown } from '../watch/backup-switch.ts';
import { isOfDay } from '../watch/limit-of-day.ts';
import { askSwitch, ofServer } from './ask-switch.ts';
import { checkFirst } from './check-first.ts';
import { seenBefore } from './look-at.ts';

export interface Looked {
	watch: ClaimedWatch;
	/** As it was when the look began. */
	server: Server;
	site: Site;
	remote: Remote;
	mail: Observation;
	stopping: AbortSignal;
}

/**
 * What a look means for the backup of a server: where it is to be switched to or back from, a job of nobody in particular does
 * that. Whatever keeps it from being asked for is logged: the look itself has said what it saw.
 */
export async function considerBackup( app: App, looked: Looked ): Promise< void > {
	const { server } = looked;
	const parts = { db: app.db, secrets: app.secrets };
	const backup = await backupOn( parts, server ).catch( () => null );
	if ( ! backup?.rules.automatic ) {
		return;
	}
	await loggingFailures( app, looked, async () => {
		const active = await onBackup( parts, server );
		const known = await knownOf( app, looked, { backup, active } );
		const step = known && ( await stepChecked( app, looked, { known, active, isFree: backup.by.administrator } ) );
		if ( step?.do === 'switch' || step?.do === 'back' ) {
			const to = step.do === 'back' ? null : step.why;
			await askSwitch( app, looked, { backup, to, ...ofServer( app, server, to ) } );
		}
	} );
}

/** Whatever keeps a switch from being asked for is logged. */
export async function loggingFailures(
	{ log }: Pick< App, 'log' >,
	{ server, stopping }: Pick< Looked, 'server' | 'stopping' >,
	consider: () => Promise< void >
): Promise< void > {
	try {
		await consider();
	} catch ( error ) {
		stopping.throwIfAborted();
		if ( ! isFailure( error ) ) {
			throw error;
		}
		log.warn( { server: server.id, code: error.code }, 'the backup could not be switched' );
	}
}

/** Null where there is nothing to decide. */
async function knownOf(
	parts: App,
	{ server, mail }: Looked,
	{ backup, active }: { backup: Backup; active: OnBackup | null }
): Promise< BackupKnown | null > {
	const installed = await settingsVersion( parts.db, server, server.installedVersion );
	if ( ! installed || ( active === null && mail.reasons.length === 0 ) ) {
		return null;
	}
	const { db } = parts;
	const { rules } = backup;
	const account = await accountOf( db, { siteId: server.siteId, id: rules.account } );
	const { switched, failed } = await switchesOf( db, server );
	const first = active?.first.account
		? await accountOf( db, { siteId: server.siteId, id: active.first.account.id } )
		: null;
	const routed = await routedOn( parts, server );
	const host = installed.settings.smtpServer;
	const accepted = active ? null : await lastAcceptedBy( db, { server: server.id, host, routed } );
	// what waits for the account of a route is no matter of this one
	const causes = routed.length > 0 ? await causesOfWaiting( db, server.id, routed ) : null;
	return {
		rules,
		sameProvider: isSameProvider( active?.first.settings ?? installed.settings, account.settings ),
		active: active && { since: Date.parse( active.since ), why: active.why },
		reasons: mail.reasons.filter(
			( one ) => ! one.route && isOfDay( one ) && ( causes === null || causes.has( one.cause ) )
		),
		...{ before: seenBefore( server ).reasons, acceptedAt: accepted?.getTime() ?? null },
		proved: first?.provedAt && first.provedBy ? { at: first.provedAt.getTime(), by: first.provedBy } : null,
		...{ switchedAt: switched.map( Number ), failedAt: failed.map( Number ), at: Date.now() },
		failedOfAccount: await failedWith( db, { siteId: server.siteId, account: account.id } ),
	};
}

const routedOn = async ( parts: App, server: Server ): Promise< number[] > =>
	( await routesOn( parts, server ) ).routes.map( ( { uid } ) => uid );

async function stepChecked(
	app: App,
	looked: Looked,
	{ known, active, isFree }: { known: BackupKnown; active: OnBackup | null; isFree: boolean }
) {
	const step = stepBackup( known );
	if ( step.do !== 'check' || ! active ) {
		return step;
	}
	const { settings, ...of } = active.first;
	const first = { ...of, settings: { ...settings, ...( of.account && { caCertificate: null } ) } };
	const isProved = await checkFirst( app, { ...looked, isFree }, first );
	const proved = isProved ? ( { at: Date.now(), by: 'sign_in' } as const ) : known.proved;
	return stepBackup( { ...known, proved } );
}
