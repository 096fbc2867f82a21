import type { Cause, MailOrigin, MailOutcome } from '@email-gateway/shared';

/** What became of a message for one recipient. */
export interface Recipient {
	/** Envelope; null until the log names one. */
	recipient: string | null;
	outcome: MailOutcome;
	/** Null where nothing went wrong, or nothing was tried. */
	cause: Cause | null;
	/** RFC 3463 code of the last try. */
	dsn: string | null;
	/** The provider's or Postfix's own words at the last try. */
	reply: string | null;
	/** `host[address]:port` */
	relay: string | null;
	/** e.g. `TLSv1.3`; null where the log does not tell. */
	tls: string | null;
	tries: number;
	/** From the arrival of the message to the end of the last try. */
	delayMs: number | null;
}

/** One message as the log tells of it. */
export interface Mail {
	queueId: string;
	/** When it arrived, in milliseconds since the epoch. */
	at: number;
	/** Null where the log that told of it is missing. */
	origin: MailOrigin | null;
	/** Unix user who handed it over; null where it came by SMTP and the log does not tell. */
	uid: number | null;
	/** Of the envelope; empty in notices. */
	sender: string | null;
	/** Domain of its From. */
	fromDomain: string | null;
	bytes: number | null;
	/** At least one. */
	recipients: Recipient[];
}

/** Whether nothing more becomes of it. */
export const isFinal = ( { outcome }: Recipient ): boolean =>
	outcome !== 'queued' && outcome !== 'waiting' && outcome !== 'held';

export const untold = ( recipient: string | null = null ): Recipient => ( {
	recipient,
	outcome: 'queued',
	cause: null,
	dsn: null,
	reply: null,
	relay: null,
	tls: null,
	tries: 0,
	delayMs: null,
} );

export const newMail = ( queueId: string, at: number ): Mail => ( {
	queueId,
	at,
	origin: null,
	uid: null,
	sender: null,
	fromDomain: null,
	bytes: null,
	recipients: [ untold() ],
} );
