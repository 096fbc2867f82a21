import {
	mostQueueGroups,
	queuePageSize,
	type ParsedRequestOf,
	type QueueChange,
	type QueuedMessage,
	type QueueGroup,
	type QueuePage,
} from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { neutral } from '../gateway/neutral-cause.ts';
import { queueOf, type Queue, type Queued } from '../ledger/queue.ts';
import type { Caller, OfServer } from '../servers/caller.ts';
import { isMeant } from '../servers/chosen-mail.ts';
import { mailEntriesFor, shownLogs, type LogParts, type ShownLog } from './mail-log.ts';
import { namesOf } from '../ledger/logs.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Server } from '../db/servers.ts';
import { serversOf } from '../db/servers-of-site.ts';
import { hasUnshown } from '../db/settings.ts';
import { holdersOn } from './held-by.ts';
import { View } from './view.ts';

/** A message as a person may see it. */
interface Shown extends Queued {
	site: string | null;
}

/** The queue of a server as one person may see it: nothing that arrived before the server was theirs. */
interface ShownQueue {
	server: Server | undefined;
	queue: Queue | undefined;
	messages: Shown[];
	log: ShownLog | undefined;
}

/** One page of what was in the queue when it was read last. */
export async function queueView(
	app: LogParts & { secrets: SecretStore },
	caller: Caller & OfServer,
	{ after, ...filter }: ParsedRequestOf< 'readQueue' >
): Promise< View< QueuePage > > {
	const { server, queue, messages, log } = await shownQueue( app, caller );
	const meant = messages.filter( ( one ) => isMeant( one, filter, { site: one.site, nowMs: caller.now } ) );
	const page = meant.slice( after, after + queuePageSize );
	const holderOf =
		server && page.some( ( { isHeld } ) => isHeld ) ? await holdersOn( app, server, caller.now ) : null;
	const hidden = ( queue?.messages.length ?? 0 ) - messages.length;
	return new View( {
		readAt: queue?.readAt.toISOString() ?? null,
		total: ( queue?.total ?? 0 ) - hidden,
		listed: messages.length,
		matching: meant.length,
		entries: ( await entriesOf( app, log, page ) ).map( ( entry, at ) => ( {
			...entry,
			heldBy: entry.state === 'held' && holderOf ? holderOf( page[ at ] as Shown ) : null,
		} ) ),
		next: after + page.length < meant.length ? after + page.length : null,
		sites: groupsOf( messages, ( { site } ) => site ?? '' ),
		domains: groupsOf( messages, ( { domain } ) => domain ?? '' ),
		causes: groupsOf( messages, ( { cause } ) => cause ),
		states: groupsOf( messages, ( { isHeld } ) => ( isHeld ? 'held' : 'waiting' ) ),
	} );
}

/**
 * The ids that a person means, of the list that they have seen.
 * Errors: queue_read_again, queue_selection_empty.
 */
export async function chosenIds(
	app: LogParts,
	caller: Caller & OfServer,
	{ readAt, which }: Pick< QueueChange, 'readAt' | 'which' >
): Promise< string[] > {
	const { queue, messages } = await shownQueue( app, caller );
	if ( queue?.readAt.toISOString() !== readAt ) {
		throw new GatewayError( 'queue_read_again' );
	}
	const isChosen =
		'ids' in which
			? ( one: Shown ) => which.ids.includes( one.id )
			: ( one: Shown ) => isMeant( one, which.filter, { site: one.site, nowMs: caller.now } );
	const chosen = messages.filter( isChosen );
	if ( chosen.length === 0 ) {
		throw new GatewayError( 'queue_selection_empty' );
	}
	return chosen.map( ( { id } ) => id );
}

async function shownQueue( app: LogParts, caller: Caller & OfServer ): Promise< ShownQueue > {
	const [ server ] = await serversOf( app.db, app.vault, caller.site.id, [ caller.serverId ] );
	const queue = server && ( await queueOf( app.db, server.id ) );
	if ( ! queue ) {
		return { server, queue: undefined, messages: [], log: undefined };
	}
	const [ log ] = await shownLogs( app, [ caller.serverId ], caller );
	const names = log ? await namesOf( app.db, [ log.log ] ) : new Map< string, string >();
	const since = caller.may( 'manage_site' ) ? null : server.handedAt;
	const until = log ? log.withheldUntil : ( await withholds( app, caller, server ) ) ? 'infinity' : null;
	const isWithheld = ( at: number ) => until === 'infinity' || ( until !== null && at * 1000 < until.getTime() );
	return {
		...{ server, queue, log },
		messages: queue.messages
			.filter( ( { at } ) => since === null || at * 1000 >= since.getTime() )
			.map( ( one ) => ( {
				...( isWithheld( one.at ) ? redactQueued( one ) : one ),
				site: one.uid === null ? null : names.get( `${ log?.log } ${ one.uid }` ) ?? String( one.uid ),
			} ) ),
	};
}

const withholds = async ( { db }: LogParts, caller: Caller, server: Server ) =>
	! caller.may( 'manage_defaults' ) && ( await hasUnshown( db, server ) );

/** As redactMail: mail of the gateway itself comes from an address of the account. */
const redactQueued = ( one: Queued ): Queued => ( {
	...one,
	...{ cause: one.cause && neutral( one.cause ), domain: one.uid === 0 ? null : one.domain },
} );

/** With what the mail log tells of them. */
async function entriesOf(
	app: LogParts,
	log: ShownLog | undefined,
	page: readonly Shown[]
): Promise< Omit< QueuedMessage, 'heldBy' >[] > {
	const known = log
		? await mailEntriesFor(
				app,
				log,
				page.map( ( { id } ) => id )
		  )
		: [];
	return page.map( ( { id, isHeld, at, bytes, recipients, domain, cause, site } ) => {
		const told = known.filter( ( { queueId } ) => queueId === id );
		const open = told.filter( ( { outcome } ) => outcome === 'waiting' || outcome === 'held' );
		return {
			...{ queueId: id, state: isHeld ? 'held' : 'waiting', site, domain, bytes, cause },
			at: new Date( at * 1000 ).toISOString(),
			sender: told[ 0 ]?.sender ?? null,
			recipients: told.flatMap( ( { recipient } ) => recipient ?? [] ).slice( 0, 3 ),
			recipientCount: recipients,
			reply: open.find( ( { reply } ) => reply !== null )?.reply ?? null,
		};
	} );
}

function groupsOf( messages: readonly Shown[], valueOf: ( one: Shown ) => string | null ): QueueGroup[] {
	const groups = new Map< string, { messages: number; at: number } >();
	for ( const one of messages ) {
		const value = valueOf( one );
		if ( value !== null ) {
			const group = groups.get( value );
			groups.set( value, {
				messages: ( group?.messages ?? 0 ) + 1,
				at: Math.min( group?.at ?? Infinity, one.at ),
			} );
		}
	}
	return [ ...groups ]
		.map( ( [ value, group ] ) => ( {
			...{ value, messages: group.messages },
			oldestAt: new Date( group.at * 1000 ).toISOString(),
		} ) )
		.sort( ( a, b ) => b.messages - a.messages )
		.slice( 0, mostQueueGroups );
}
