import { randomUUID } from 'node:crypto';
import { timeOfLine, timeRead, type ServerClock } from '../gateway/log-time.ts';
import { eventOf, ofPostfix, tlsLineOf, type MailEvent } from '../gateway/mail-events.ts';
import { timeOfQueueId } from '../gateway/queue-id-time.ts';
import { unlistedReader, type UnlistedSender } from '../gateway/unlisted-sender.ts';
import { follow } from './follow.ts';
import { isShort } from './addresses.ts';
import { isFinal, newMail, untold, type Mail, type Recipient } from './mail.ts';

const dayMs = 86_400_000;

/** What a line tells beside its event. */
export interface EventContext {
	atMs: number;
	/** Version of the connection, where that is known. */
	tls: string | null;
	/** Words of a reply as they are kept; absent: as they are. */
	told?: ( reply: string ) => string;
}

/** The events of some lines in their order, and whether any of them is a line of the mail system at all. */
export interface ReadPiece {
	events: ( MailEvent & EventContext )[];
	/** When its first and last lines were written; null where none tells a time. */
	firstAt: number | null;
	lastAt: number | null;
	/** Nothing in it is of later. */
	notAfter: number;
	/** TLS versions by `[address]:port`: one line tells it for many messages, also for those of the next piece. */
	tls: Record< string, string >;
	/** Messages that may have a sender that is not listed for who sent them. */
	unlisted: ( UnlistedSender & { atMs: number } )[];
}

/** Nobody's mail goes to more places at once; a server that says so must not fill memory. */
const mostPlaces = 16;

/**
 * Reads lines of a log.
 * @param tls   as the piece before told
 * @param owner Unix user of Postfix itself; null: not known
 */
export function readPiece(
	lines: readonly string[],
	clock: ServerClock,
	tls: Readonly< Record< string, string > > = {},
	owner: number | null = null
): ReadPiece {
	const versions = new Map( Object.entries( tls ) );
	const notAfter = clock.oursMs ?? Infinity;
	const piece: ReadPiece = { events: [], firstAt: null, lastAt: null, notAfter, tls, unlisted: [] };
	const readUnlisted = unlistedReader();
	for ( const line of lines ) {
		const atMs = timeOfLine( line, clock );
		piece.firstAt ??= atMs;
		piece.lastAt = atMs ?? piece.lastAt;
		const unlisted = readUnlisted( line );
		if ( unlisted ) {
			piece.unlisted.push( { ...unlisted, atMs: Math.min( atMs ?? timeRead( clock ), piece.notAfter ) } );
		}
		const said = eventOf( line );
		if ( said ) {
			const event = ofPostfix( said, owner );
			const relay = event.kind === 'tried' ? event.delivery.relay : null;
			const version = relay === null ? null : versions.get( relay.slice( relay.indexOf( '[' ) ) ) ?? null;
			piece.events.push( { ...event, atMs: atMs ?? timeRead( clock ), tls: version } );
			continue;
		}
		const connection = tlsLineOf( line );
		if ( connection ) {
			// the newest last
			versions.delete( connection.place );
			versions.set( connection.place, connection.version );
		}
	}
	return { ...piece, tls: Object.fromEntries( [ ...versions ].slice( -mostPlaces ) ) };
}

/**
 * Every message that a piece tells of, as it is after it; one that was queued again has its former id no more. A removal of a message of which nothing else is known tells
 * nothing: its life lies before what we read.
 *
 * @param known those of them that were known before, by queue id; not changed
 */
export function followPiece( { events, notAfter }: ReadPiece, known: ReadonlyMap< string, Mail > ): Mail[] {
	const mails = new Map< string, Mail >();
	const arrival = ( queueId: string, atMs: number ) => Math.min( arrivalOf( queueId, atMs ), notAfter );
	for ( const { atMs, tls, told, ...event } of events ) {
		const { queueId } = event;
		if ( event.kind === 'requeued' ) {
			const former = mails.get( event.formerId ) ?? copyOf( known.get( event.formerId ) );
			mails.delete( event.formerId );
			mails.set( queueId, former ? requeued( former, queueId ) : newMail( queueId, arrival( queueId, atMs ) ) );
			continue;
		}
		let mail = mails.get( queueId ) ?? copyOf( known.get( queueId ) );
		if ( mail && event.kind === 'submitted' && mail.recipients.every( isFinal ) ) {
			// a short id is used again for another message: what is known of this one keeps a name of its own
			const formerId = `${ queueId }~${ randomUUID().slice( 0, 8 ) }`;
			mails.set( formerId, { ...mail, queueId: formerId } );
			mail = undefined;
		}
		if ( ! mail && event.kind !== 'removed' ) {
			mail = newMail( queueId, arrival( queueId, atMs ) );
		}
		if ( mail ) {
			follow( mail, event, { tls, told } );
			mails.set( queueId, mail );
		}
	}
	return [ ...mails.values() ];
}

/** What an id says is believed where it can be true: mail waits for days, not for months, and does not come tomorrow. */
function arrivalOf( queueId: string, atMs: number ): number {
	const at = timeOfQueueId( queueId );
	return at !== null && at > atMs - 40 * dayMs && at < atMs + dayMs ? at : atMs;
}

const copyOf = ( mail: Mail | undefined ): Mail | undefined =>
	mail && { ...mail, recipients: mail.recipients.map( ( one ) => ( { ...one } ) ) };

/**
 * The same message under another id: who has it already is not sent it again. Recipients of whom only the domain is kept
 * cannot be known again, so the log tells them anew.
 */
function requeued( mail: Mail, queueId: string ): Mail {
	const ended = mail.recipients.filter( isFinal );
	const open = mail.recipients.filter( ( one ) => ! isFinal( one ) );
	const again = open.some( ( { recipient } ) => recipient !== null && isShort( recipient ) )
		? [ untold() ]
		: open.map( ( one ): Recipient => ( { ...one, outcome: one.tries > 0 ? 'waiting' : 'queued' } ) );
	return { ...mail, queueId, recipients: [ ...again, ...ended ] };
}
