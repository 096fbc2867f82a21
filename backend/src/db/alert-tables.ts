import type {
	AlertMessage,
	AlertTrouble,
	CapReason,
	ChannelKind,
	FileSystem,
	SwitchReason,
	WaitingReason,
} from '@email-gateway/shared';
import type { ColumnType, Generated } from 'kysely';
import type { Thread } from '../incidents/thread.ts';
import type { Json, Time } from './tables.ts';

/** What an alert may need of an incident; what of it a viewer is told, views/ decide. */
export interface IncidentDetail {
	/** Messages in the queue; null: not known. */
	waiting?: number | null;
	/** Seconds, at the last look, since the oldest of those that wait arrived. */
	oldestS?: number | null;
	reasons?: readonly WaitingReason[];
	/** The file system that has little left. */
	room?: FileSystem;
	/** Others on the server could read a password of the gateway. */
	exposed?: boolean;
	/** Seconds by which the server's clock is ahead of the backend's; below zero: behind. */
	aheadS?: number;
	/** Error code of the look that came to nothing. */
	reason?: string | null;
	/** Host of the provider. */
	provider?: string;
	/** Name of the Unix user of the site, or its number. */
	user?: string;
	/** How many messages, and how many are usual; refused, of all. */
	messages?: number;
	usual?: number;
	refused?: number;
	/** Messages that a cap holds, and the queue id of the first. */
	held?: number;
	first?: string | null;
	/** Which cap. */
	cap?: CapReason;
	/** Why mail leaves by a backup, how many messages may come twice, and of which domains it may look forged. */
	why?: SwitchReason;
	twice?: number;
	unaligned?: string[];
	/** ISO time. */
	expiresAt?: string;
	/** Kind and name of a channel, and the user id of who keeps it, where that is an owner. */
	channel?: { kind: ChannelKind; name: string; owner?: number };
}

export interface IncidentTable {
	id: string;
	siteId: string;
	/** Id of the server's row; null: of none. */
	server: string | null;
	/** What watches it: there is one open incident of a kind, server and subject. */
	kind: string;
	subject: string;
	/** Keyed digest of its topic: what has the same is told together. */
	key: string;
	trouble: AlertTrouble;
	seenAt: Time;
	openedAt: Time;
	endedAt: Time | null;
	/** When it ended: messages that had waited and were accepted since. */
	delivered: number | null;
	detail: Json< IncidentDetail >;
}

export interface AlertThreadTable {
	siteId: string;
	/** User id of an owner; 0: who manages the site. */
	viewer: number;
	key: string;
	thread: Json< Thread >;
}

export interface AlertHushTable {
	siteId: string;
	key: string;
	acknowledgedAt: Time | null;
	acknowledgedBy: string | null;
	mutedUntil: Time | null;
}

export interface AlertChannelTable {
	id: string;
	siteId: string;
	kind: ChannelKind;
	name: string;
	/** User id of whose servers it is told of; null: of all. */
	owner: number | null;
	/** Id of the account by which email goes out. */
	account: string | null;
	weekly: Generated< boolean >;
	/** Its owner keeps it for themselves: it is none of the site's channels. */
	own: Generated< boolean >;
	createdAt: ColumnType< Date, Date | undefined, Date >;
	lastDeliveredAt: Time | null;
	lastFailedAt: Time | null;
	/** When a heartbeat goes out next. */
	dueAt: ColumnType< Date, Date | undefined, Date >;
}

export interface AlertDeliveryTable {
	id: string;
	siteId: string;
	channel: string;
	message: Json< AlertMessage >;
	createdAt: Time;
	dueAt: Time;
	tries: Generated< number >;
	claimedUntil: Time | null;
	endedAt: Time | null;
	delivered: boolean | null;
	/** What happened at the last try; null where it was taken. */
	answer: string | null;
}
