import type { Alignment, SwitchReason } from '@email-gateway/shared';
import type { App } from '../app.ts';
import type { IncidentDetail } from '../db/alert-tables.ts';
import { endIncident, keepIncident, keyOf } from '../db/incidents.ts';
import { endOnBackup, keepOnBackup, onBackup, type OnBackup, type Switched } from '../db/on-backup.ts';
import { passwordOf } from '../db/places.ts';
import type { Server } from '../db/servers.ts';
import { accountOfVersion, settingsVersion, type SettingsVersion } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import { acceptedBy, answerLost, type MailOf } from '../ledger/by-provider.ts';
import type { JobContext } from './context.ts';
import type { JobRequest, ToBackup } from './request.ts';

type Install = Extract< JobRequest, { verb: 'install_gateway' } >;
type Of = Pick< JobContext, 'app' | 'job' | 'server' >;

const kind = 'on_backup';

/**
 * What an install has made of a server's backup, in the transaction that writes what is installed: it sends by it, goes on
 * doing so where the account is the same, or does no longer.
 */
export async function noteBackup(
	{ app, job, server }: Of,
	tx: Db,
	{ request, alignments }: { request: Install; alignments: readonly Alignment[] }
): Promise< void > {
	const parts = { db: tx, secrets: app.secrets };
	const before = await onBackup( parts, server );
	const installed = await settingsVersion( tx, server, request.version );
	const account = installed && accountOfVersion( installed );
	if ( request.backup?.to === 'backup' && installed && account ) {
		const active = await begun( { app, job, server }, tx, { switched: request.backup, installed, alignments } );
		await keepOnBackup( parts, server, active );
		await openIncident( app, tx, { server, active } );
	} else if ( before && request.backup === undefined && account?.id === before.account ) {
		await keepOnBackup( parts, server, { ...before, version: request.version } );
	} else {
		await overBackup( app, tx, server );
	}
}

/** A server sends by its backup no longer. */
export async function overBackup( { secrets }: Pick< App, 'secrets' >, tx: Db, server: Server ): Promise< void > {
	const parts = { db: tx, secrets };
	const active = await onBackup( parts, server ).catch( () => null );
	const backup = active && ( await settingsVersion( tx, server, active.version ) );
	const messages = backup && ( await byBackup( tx, server, { active, backup } ) );
	await endOnBackup( parts, server );
	await endIncident( tx, { siteId: server.siteId, server: server.id, kind }, messages );
}

/** How many recipients' messages the backup's provider has accepted; null: not known. */
export const byBackup = (
	db: Db,
	{ id }: Pick< Server, 'id' >,
	{ active, backup }: { active: OnBackup; backup: SettingsVersion }
): Promise< number | null > =>
	acceptedBy( db, { server: id, host: backup.settings.smtpServer }, new Date( active.since ) );

async function begun(
	{ app, job, server }: Of,
	tx: Db,
	{
		switched,
		installed,
		alignments,
	}: { switched: ToBackup; installed: SettingsVersion; alignments: readonly Alignment[] }
): Promise< OnBackup > {
	const first = await settingsVersion( tx, server, switched.from );
	if ( ! first || installed.account === null ) {
		throw new Error( 'what is gone back to is not known' );
	}
	const account = accountOfVersion( first );
	const password = account ? null : await app.secrets.read( tx, passwordOf( first ) );
	return {
		...{ version: installed.version, account: installed.account },
		first: { settings: first.settings, account, password: password?.reveal() ?? null },
		...( await switchedNow( tx, { job, server }, { why: switched.why, alignments } ) ),
	};
}

/** The first of those that may come twice are named. */
const mostNamed = 20;

/** What is kept of a switch, of a server or of a route. */
export async function switchedNow(
	tx: Db,
	{ job, server }: Pick< Of, 'job' | 'server' >,
	{ why, alignments, mailOf }: { why: SwitchReason; alignments: readonly Alignment[]; mailOf?: MailOf }
): Promise< Switched > {
	const lost = await answerLost( tx, server.id, mailOf );
	return {
		// what waited has left by it before this is written
		since: ( job.startedAt ?? new Date() ).toISOString(),
		...{ why, by: job.askedBy.login },
		twice: { messages: lost.length, queueIds: lost.slice( 0, mostNamed ) },
		alignments: [ ...alignments ],
	};
}

/** Servers whose first account is the same are told together. */
async function openIncident(
	{ vault }: Pick< App, 'vault' >,
	tx: Db,
	{ server, active }: { server: Server; active: OnBackup }
): Promise< void > {
	const { smtpServer: host, userName } = active.first.settings;
	await keepIncident( tx, {
		...{ siteId: server.siteId, server: server.id, kind, trouble: kind, seenAt: new Date( active.since ) },
		key: keyOf( vault, { of: 'account', host, userName: `${ userName } ${ kind }` } ),
		detail: toldOf( active ),
	} );
}

/** What an alert tells of a switch. */
export const toldOf = ( { why, twice, alignments }: Switched ): IncidentDetail => ( {
	...{ why, twice: twice.messages },
	unaligned: alignments.filter( isSuspicious ).map( ( { domain } ) => domain ),
} );

/** Receivers may take its mail for forged. */
const isSuspicious = ( { verdict }: Alignment ): boolean => verdict === 'fails' || verdict === 'foreign_domain';
