import type { MailEntry, MailPage, ParsedRequestOf, ResponseOf } from '@email-gateway/shared';
import { serversOf } from '../db/servers-of-site.ts';
import { hasUnshown } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import { addressHash } from '../ledger/address-hash.ts';
import { shown } from '../ledger/addresses.ts';
import { countsOf, delaysOf } from '../ledger/counters.ts';
import { delayBounds } from '../ledger/delays.ts';
import { gapsOf } from '../ledger/gaps.ts';
import { keptDaysOf } from '../ledger/kept-days.ts';
import { logsOf, namesOf, type ReadLog } from '../ledger/logs.ts';
import { recipientOf, type MailRow } from '../ledger/rows.ts';
import { messageRows, rowsOfMessages } from '../ledger/of-messages.ts';
import { searchMails } from '../ledger/search.ts';
import type { SearchedLog } from '../ledger/searched-log.ts';
import type { Caller } from '../servers/caller.ts';
import type { Vault } from '../vault/vault.ts';
import { redactMail } from './redact.ts';
import { View } from './view.ts';

export interface LogParts {
	db: Db;
	vault: Vault;
}

/** A server's log as the caller may read it. */
export interface ShownLog extends SearchedLog {
	serverId: number;
	owner: number | null;
	known: ReadLog;
}

/** What one person is told of the mail of some servers. */
export interface MailLogView {
	/** Who sent what and what became of it. */
	page( asked: ParsedRequestOf< 'readMailLog' > ): Promise< View< MailPage > >;
	/** All recipients of one message. Errors: not_found. */
	message( queueId: string ): Promise< View< ResponseOf< 'readMessage' > > >;
	/** How many there were, by hour or day. */
	counts( asked: Omit< ParsedRequestOf< 'mailCounters' >, 'ids' > ): Promise< View< ResponseOf< 'mailCounters' > > >;
}

/**
 * The mail logs of servers as this person may read them; to who does not manage the site, only since a server is theirs.
 *
 * @param listed the servers are not that of the path: see ownLogs
 */
export async function mailLogFor(
	app: LogParts,
	caller: Caller,
	serverIds: readonly number[],
	{ listed }: { listed: boolean }
): Promise< MailLogView > {
	const logs = await ( listed ? ownLogs : shownLogs )( app, serverIds, caller );
	return {
		page: ( asked ) => pageView( { ...app, siteId: caller.site.id }, serverIds, logs, asked ),
		async message( queueId ) {
			const rows = logs[ 0 ] ? await messageRows( app.db, logs[ 0 ], queueId ) : [];
			if ( rows.length === 0 ) {
				throw new GatewayError( 'not_found' );
			}
			return new View( { recipients: await entriesOf( app, logs, rows ) } );
		},
		async counts( asked ) {
			const names = await namesIn( app, logs );
			const told = < Row extends { log: number | null; uid: number; from: Date } >( {
				log,
				uid,
				from,
				...count
			}: Row ) => ( {
				...{ ...count, serverId: log && serverIdOf( logs, log ), from: from.toISOString() },
				site: uid < 0 ? null : names.get( `${ log } ${ uid }` ) ?? String( uid ),
			} );
			const counts = ( await countsOf( app.db, logs, asked ) ).map( told );
			const delays = ( await delaysOf( app.db, logs, asked ) )
				.map( told )
				.map( ( { step, ...delay } ) => ( { ...delay, ...delayBounds( step ) } ) );
			return new View( { counts, delays } );
		},
	};
}

async function pageView(
	app: LogParts & { siteId: string },
	serverIds: readonly number[],
	logs: readonly ShownLog[],
	{ before, ...filter }: ParsedRequestOf< 'readMailLog' >
): Promise< View< MailPage > > {
	const { rows, next } = await searchMails( app.db, logs, {
		filter,
		before,
		hash: addressHash( app.vault, app.siteId ),
	} );
	const ids = logs.map( ( { log } ) => log );
	const gaps = await gapsOf( app.db, ids );
	return new View( {
		entries: await entriesOf( app, logs, rows ),
		next,
		keptDays: await keptDaysOf( app.db, app.siteId ),
		logs: serverIds.map( ( serverId ) => {
			const shown = logs.find( ( log ) => log.serverId === serverId );
			return {
				serverId,
				since: latest( shown?.known.knownSince, shown?.since )?.toISOString() ?? null,
				readAt: shown?.known.readAt.toISOString() ?? null,
				gaps: gaps
					.filter( ( { log, to } ) => log === shown?.log && ( shown.since === null || to >= shown.since ) )
					.map( ( { from, to } ) => ( { from: from?.toISOString() ?? null, to: to.toISOString() } ) ),
			};
		} ),
	} );
}

/**
 * A call for several servers does not tell whose each is, as one for a server does, but which are the caller's own: of
 * those it shows the ones that are known to be. One that changed hands a moment ago may still count as another's. The
 * others WordPress lets them see without owning them.
 */
async function ownLogs( app: LogParts, serverIds: readonly number[], caller: Caller ): Promise< ShownLog[] > {
	const logs = await shownLogs( app, serverIds, caller );
	const { userId, own = serverIds } = caller.actor;
	return caller.may( 'manage_site' )
		? logs
		: logs.filter( ( { serverId, owner } ) => owner === userId || ! own.includes( serverId ) );
}

export async function shownLogs( { db, vault }: LogParts, serverIds: readonly number[], { site, may }: Caller ) {
	const servers = await serversOf( db, vault, site.id, serverIds );
	const known = await logsOf(
		db,
		servers.map( ( { id } ) => id )
	);
	const shown: ShownLog[] = [];
	for ( const log of known ) {
		const server = servers.find( ( { id } ) => id === log.server );
		if ( server ) {
			shown.push( {
				log: log.id,
				known: log,
				serverId: server.serverId,
				owner: server.owner,
				since: may( 'manage_site' ) ? null : server.handedAt,
				withheldUntil: may( 'manage_defaults' )
					? null
					: ( await hasUnshown( db, server ) )
					? 'infinity'
					: log.withheldUntil,
			} );
		}
	}
	return shown;
}

const namesIn = ( { db }: LogParts, logs: readonly ShownLog[] ) =>
	namesOf(
		db,
		logs.map( ( { log } ) => log )
	);

const serverIdOf = ( logs: readonly ShownLog[], log: number ) =>
	logs.find( ( shown ) => shown.log === log )?.serverId ?? 0;

/** What a log tells of some messages, for each of their recipients. */
export const mailEntriesFor = async (
	app: LogParts,
	log: ShownLog,
	queueIds: readonly string[]
): Promise< MailEntry[] > => entriesOf( app, [ log ], await rowsOfMessages( app.db, log, queueIds ) );

async function entriesOf( app: LogParts, logs: readonly ShownLog[], rows: readonly MailRow[] ): Promise< MailEntry[] > {
	const names = await namesIn( app, logs );
	return rows.map( ( row ) => {
		const site = row.uid === null ? null : names.get( `${ row.log } ${ row.uid }` ) ?? String( row.uid );
		const entry = entryOf( row, { serverId: serverIdOf( logs, row.log ), site } );
		const until = logs.find( ( { log } ) => log === row.log )?.withheldUntil ?? null;
		return until === 'infinity' || ( until !== null && row.at < until )
			? redactMail( entry, { isOfGateway: row.uid === 0 } )
			: entry;
	} );
}

function entryOf( row: MailRow, { serverId, site }: Pick< MailEntry, 'serverId' | 'site' > ): MailEntry {
	const { queueId, at, origin, sender, fromDomain, bytes } = row;
	const { recipient, outcome, cause, dsn, reply, relay, tls, tries, delayMs } = recipientOf( row );
	return {
		...{ serverId, queueId, at: at.toISOString(), origin, site, fromDomain, bytes },
		...{ sender: sender && shown( sender ), recipient: recipient && shown( recipient ) },
		...{ outcome, cause, enhancedCode: dsn, reply, relay, tlsVersion: tls, tries, delayMs },
		triedAt: delayMs === null ? null : new Date( at.getTime() + delayMs ).toISOString(),
	};
}

function latest( one: Date | null | undefined, other: Date | null | undefined ): Date | null {
	if ( ! one || ! other ) {
		return one ?? null;
	}
	return one > other ? one : other;
}
