import type { MailOutcome } from '@email-gateway/shared';
import { diagnose } from '../gateway/diagnosis.ts';
import type { Delivery } from '../gateway/mail-log.ts';
import type { MailEvent } from '../gateway/mail-events.ts';
import { isFinal, untold, type Mail, type Recipient } from './mail.ts';

/** Nobody's message has more; a server that says so must not fill memory. */
const mostRecipients = 2000;
const longestReply = 250;
const longestAddress = 320;
/** Half a character at the end is none: no database takes it. */
const cut = ( text: string, length: number ) => text.slice( 0, length ).toWellFormed();

/** What is known beside an event: see EventContext. */
interface Told {
	tls: string | null;
	told: ( ( reply: string ) => string ) | undefined;
}

/** Postfix's `double_bounce_sender`: what it writes to the postmaster, e.g. of a session, without a line of who wrote it. */
const doubleBounce = 'double-bounce@';

/** Writes into a message what one event tells of it. */
export function follow( mail: Mail, event: MailEvent, context: Told ): void {
	switch ( event.kind ) {
		case 'submitted':
			mail.origin = event.uid === null ? 'smtp' : 'sendmail';
			mail.uid = event.uid;
			return;
		case 'submitter':
			mail.origin = 'smtp';
			mail.uid = event.uid;
			return event.held && held( mail, event.held.recipient );
		// the message is followed on under its new id: see followPiece
		case 'requeued':
			return;
		case 'header_from':
			mail.fromDomain = event.domain;
			return;
		case 'queued':
			mail.sender = cut( event.sender, longestAddress );
			mail.bytes = Math.min( event.bytes, 2_000_000_000 );
			if ( mail.origin === null && event.sender.startsWith( doubleBounce ) ) {
				mail.origin = 'notice';
			}
			return;
		case 'notice':
			mail.origin = 'notice';
			return;
		case 'tried':
			tried( mail, event, context );
			return;
		case 'held':
			return held( mail, event.recipient );
		case 'released':
			return each( mail, ( one ) => ( { ...one, outcome: one.tries > 0 ? 'waiting' : 'queued' } ) );
		case 'expired':
			return each( mail, ( one ) => ( { ...one, outcome: 'expired' } ) );
		case 'removed':
			return each( mail, ( one ) => ( { ...one, outcome: event.deleted ? 'deleted' : 'unknown' } ) );
	}
}

function held( mail: Mail, recipient: string | null ): void {
	if ( recipient !== null ) {
		recipientOf( mail, recipient );
	}
	each( mail, ( one ) => ( { ...one, outcome: 'held' } ) );
}

/** Changes those of whom something may still become. */
function each( mail: Mail, change: ( one: Recipient ) => Recipient ): void {
	mail.recipients = mail.recipients.map( ( one ) => ( isFinal( one ) ? one : change( one ) ) );
}

function tried(
	mail: Mail,
	{ recipient, delivery }: Extract< MailEvent, { kind: 'tried' } >,
	{ tls: version, told = ( reply ) => reply }: Told
): void {
	const outcome = outcomeOf( delivery );
	const one = outcome && recipientOf( mail, recipient );
	if ( ! outcome || ! one ) {
		return;
	}
	const { cause, reply } = diagnose( delivery, [] );
	Object.assign( one, {
		outcome,
		cause: outcome === 'accepted' || outcome === 'discarded' ? null : cause,
		dsn: delivery.dsn && cut( delivery.dsn, 16 ),
		reply: cut( told( reply ), longestReply ),
		relay: delivery.relay && cut( delivery.relay, 250 ),
		tls: delivery.relay === null ? null : version,
		tries: Math.min( one.tries + 1, 30_000 ),
		delayMs: Math.min( delivery.delayMs, 2_000_000_000 ),
	} );
}

/** The entry of a recipient, made where there is none; undefined where there are too many. */
function recipientOf( mail: Mail, whole: string ): Recipient | undefined {
	const recipient = cut( whole, longestAddress );
	const known = mail.recipients.find( ( one ) => one.recipient === recipient );
	if ( known ) {
		return known;
	}
	const [ first ] = mail.recipients;
	if ( first?.recipient === null ) {
		first.recipient = recipient;
		return first;
	}
	const one = untold( recipient );
	return mail.recipients.length < mostRecipients ? mail.recipients[ mail.recipients.push( one ) - 1 ] : undefined;
}

/** Null for a look whether an address is there, with which no message is sent. */
function outcomeOf( { status, service }: Delivery ): MailOutcome | null {
	switch ( status ) {
		case 'sent':
			return service === 'discard' ? 'discarded' : 'accepted';
		case 'deferred':
		case 'SOFTBOUNCE':
			return 'waiting';
		case 'bounced':
			return 'refused';
		case 'expired':
		case 'force-expired':
			return 'expired';
	}
	return null;
}
