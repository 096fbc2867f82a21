import { isHoldLine } from './hold-line.ts';
import { parseDeliveryToAnyone, parseLine, type Delivery, type LogLine } from './mail-log.ts';

/** What one line of Postfix's log tells of one message. */
export type MailEvent = { queueId: string } & (
	| { kind: 'submitted'; /** Unix user; null where it came by SMTP. */ uid: number | null }
	/** Who has the other end of the connection by which it came; submitter.sh. */
	| {
			kind: 'submitter';
			uid: number;
			/** Held at once, for that user is paused. */ held?: {
				/** Where the line tells one. */ recipient: string | null;
			};
	  }
	/** It was in the queue before, under another id; true only where `uid` is that of Postfix itself: see ofPostfix(). */
	| { kind: 'requeued'; formerId: string; uid: number }
	/** Its From names an address of this domain. */
	| { kind: 'header_from'; domain: string }
	| { kind: 'queued'; /** Envelope; empty for notices. */ sender: string; bytes: number }
	| { kind: 'tried'; recipient: string; delivery: Delivery }
	/** `recipient`: the first one, where the line tells it. */
	| { kind: 'held'; recipient: string | null }
	| { kind: 'released' }
	/** The time to wait is over. */
	| { kind: 'expired' }
	/** Out of the queue; `deleted` by hand. */
	| { kind: 'removed'; deleted: boolean }
	/** It tells a sender what became of another message. */
	| { kind: 'notice' }
);

/** A TLS connection to `[address]:port`, which smtp(8) or tlsproxy(8) tells once for all messages in it. */
export interface TlsLine {
	place: string;
	/** e.g. `TLSv1.3` */
	version: string;
}

const longestId = 40;

/** Reads one line; null where it tells nothing of a message. */
export function eventOf( line: string ): MailEvent | null {
	const parsed = parseLine( line );
	return parsed?.queueId && parsed.queueId.length <= longestId ? eventIn( parsed, parsed.queueId ) : null;
}

/** What a line tells, where no site's user can say that a message was queued again: those files are Postfix's own. */
export const ofPostfix = ( event: MailEvent, owner: number | null ): MailEvent =>
	event.kind === 'requeued' && event.uid !== owner
		? { queueId: event.queueId, kind: 'submitted', uid: event.uid }
		: event;

export function tlsLineOf( line: string ): TlsLine | null {
	const [ , place, version ] =
		/ TLS connection (?:established|reused) to [^[\s]*(\[[^\]]*\]:\d+)[^ ]*: (TLSv[\d.]{1,8}) /.exec( line ) ?? [];
	return place === undefined || version === undefined ? null : { place, version };
}

function eventIn( { service, text, ...line }: LogLine, queueId: string ): MailEvent | null {
	switch ( service ) {
		case 'pickup': {
			const [ , uid ] = /^uid=(\d{1,10}) from=</.exec( text ) ?? [];
			if ( uid === undefined ) {
				return null;
			}
			// Postfix cuts a long line, so a sender may end like this, too
			const [ , formerId ] = /> orig_id=(\w{6,40})$/.exec( text ) ?? [];
			return formerId === undefined
				? { queueId, kind: 'submitted', uid: Number( uid ) }
				: { queueId, kind: 'requeued', formerId, uid: Number( uid ) };
		}
		case 'smtpd':
			return bySmtp( text, queueId );
		case 'cleanup':
			return ofCleanup( text, queueId );
		case 'qmgr':
			return ofQueue( text, queueId );
		case 'postsuper':
			return byHand( text, queueId );
		case 'bounce': {
			const [ , notice ] = /^(?:sender|postmaster) \S+(?: \S+)? notification: (\w{1,40})$/.exec( text ) ?? [];
			return notice === undefined ? null : { queueId: notice, kind: 'notice' };
		}
	}
	const delivery = parseDeliveryToAnyone( { service, text, ...line } );
	// a sandbox gives it to another: who it was for is who was written to
	const [ , to, recipient = to ] = /^to=<([^>]*)>(?:, orig_to=<([^>]*@[^>]*\.[^>]*)>)?/.exec( text ) ?? [];
	return delivery && recipient !== undefined ? { queueId, kind: 'tried', recipient, delivery } : null;
}

function bySmtp( text: string, queueId: string ): MailEvent | null {
	if ( text.startsWith( 'client=' ) ) {
		return { queueId, kind: 'submitted', uid: null };
	}
	const [ , how, uid, rest = '' ] =
		/^(info|hold): (?:DATA|BDAT) from \S+: (?:<[A-Z]+>: [A-Za-z]+ command )?uid=(\d{1,10});(?: by its cap;)? from=<(.*)$/.exec(
			text
		) ?? [];
	if ( uid === undefined ) {
		return null;
	}
	const [ , recipient = null ] = /.* to=<([^>]*)> proto=\S+ helo=<\S*>$/.exec( rest ) ?? [];
	return { queueId, kind: 'submitter', uid: Number( uid ), ...( how === 'hold' && { held: { recipient } } ) };
}

function ofCleanup( text: string, queueId: string ): MailEvent | null {
	if ( isHoldLine( { service: 'cleanup', text } ) ) {
		// what a site wrote stands before, so the last is Postfix's own
		const [ , recipient = null ] = /.* to=<([^>]*)>/.exec( text ) ?? [];
		return { queueId, kind: 'held', recipient };
	}
	const [ , domain ] = /^info: header From: .*@([A-Za-z0-9.-]{1,253})>? from /i.exec( text ) ?? [];
	return domain === undefined ? null : { queueId, kind: 'header_from', domain: domain.toLowerCase() };
}

function ofQueue( text: string, queueId: string ): MailEvent | null {
	if ( text === 'removed' ) {
		return { queueId, kind: 'removed', deleted: false };
	}
	if ( /^from=<[^>]*>, status=(force-)?expired, returned to sender$/.test( text ) ) {
		return { queueId, kind: 'expired' };
	}
	const [ , sender, bytes ] = /^from=<([^>]*)>, size=(\d{1,10}), nrcpt=\d+ \(queue active\)$/.exec( text ) ?? [];
	return sender === undefined ? null : { queueId, kind: 'queued', sender, bytes: Number( bytes ) };
}

function byHand( text: string, queueId: string ): MailEvent | null {
	switch ( text ) {
		case 'removed':
			return { queueId, kind: 'removed', deleted: true };
		case 'placed on hold':
			return { queueId, kind: 'held', recipient: null };
		case 'released from hold':
			return { queueId, kind: 'released' };
	}
	return null;
}
