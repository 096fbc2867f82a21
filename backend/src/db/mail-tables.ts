import type { Cause, MailAddressForm, MailOrigin, MailOutcome } from '@email-gateway/shared';
import type { Generated } from 'kysely';
import type { Queued } from '../ledger/queue.ts';
import type { Json, Time } from './tables.ts';

export interface MailLogTable {
	id: Generated< number >;
	/** Id of the server's row. */
	server: string;
	/** Of the file in which we read: a digest of its beginning; empty before the first. */
	head: string;
	/** Bytes of it that were read. */
	position: number;
	/** When the first line that we read was written; null: none yet. */
	knownSince: Time | null;
	/** When the last one was. */
	toldUntil: Time | null;
	/** What arrived before names an account that who runs the server is not shown. */
	withheldUntil: Time | null;
	/** TLS versions by `[address]:port`, as the last lines told. */
	tls: Json< Record< string, string > >;
	readAt: Time;
	/** How addresses are written to it from now on. */
	addresses: Generated< MailAddressForm >;
	/** What its lines have cost on that day since the epoch: see ledger/day-budget.ts. */
	spent: Generated< number >;
	spentDay: number | null;
	/** Rows of messages with ids after this one are still to be rewritten so; null: none. */
	rewriteAfter: string | null;
}

/** How a site keeps addresses, and for how long messages. */
export interface MailSettingsTable {
	siteId: string;
	addresses: MailAddressForm;
	/** Null: as long as usual. */
	keptDays: Generated< number | null >;
}

/** Nothing is known of what happened in between. */
export interface MailGapTable {
	log: number;
	/** null: since always. */
	fromAt: Time | null;
	toAt: Time;
}

export interface MailUserTable {
	log: number;
	uid: number;
	name: string;
}

/** One recipient of one message. */
export interface MailTable {
	log: number;
	/** Counts the recipients of a message. */
	n: number;
	tries: number;
	at: Time;
	uid: number | null;
	bytes: number | null;
	/** From `at` to the end of the last try. */
	delayMs: number | null;
	/** Where the last try went. */
	route: number | null;
	origin: MailOrigin | null;
	outcome: MailOutcome;
	queueId: string;
	cause: Cause | null;
	/** Null where the reply tells it. */
	dsn: string | null;
	sender: string | null;
	fromDomain: string | null;
	recipient: string | null;
	reply: string | null;
}

export interface MailRouteTable {
	id: Generated< number >;
	/** `host[address]:port` */
	relay: string;
	/** Empty where the log does not tell. */
	tls: string;
}

export interface MailCountTable {
	log: number;
	per: 'hour' | 'day';
	at: Time;
	/** -1: came by SMTP. */
	uid: number;
	outcome: MailOutcome;
	messages: number;
}

/** What was in the queue of a server when a person read it last. */
export interface QueueTable {
	/** Id of the server's row. */
	server: string;
	readAt: Time;
	/** Messages in it: more than are listed, where it is very large. */
	total: number;
	messages: Json< Queued[] >;
}

/** Recipients that were accepted, by how long it took. */
export interface MailDelayTable extends Omit< MailCountTable, 'outcome' > {
	/** See delayStep. */
	step: number;
}

/** An envelope sender that is not listed for the site of a Unix user, and how often it was used. */
export interface UnlistedSenderTable {
	/** Id of the server's row. */
	server: string;
	uid: number;
	/** An address, or `@domain` where addresses are not kept whole. */
	sender: string;
	held: number;
	refused: number;
	lastAt: Time;
}

/** Why mail of a route waits: the first and the newest try that met it, as looks have seen. */
export interface WaitingOfRouteTable {
	/** Id of the server's row. */
	server: string;
	uid: number;
	cause: Cause;
	since: Time;
	lastAt: Time;
}
