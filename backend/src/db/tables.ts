import type {
	AuditAction,
	ConnectionView,
	EventDetail,
	GatewaySettings,
	JobError,
	JobResult,
	JobState,
	NewJobEvent,
	PauseKind,
	SiteFolder,
	TestResult,
	Verb,
} from '@email-gateway/shared';
import { CamelCasePlugin, type ColumnType, type Generated, type Kysely, type Transaction } from 'kysely';
import type { JobActor, JobRequest } from '../jobs/request.ts';
import type { FoundOver, FoundRefusals } from '../gateway/facts.ts';
import type { Suspicion } from '../incidents/suspicion.ts';
import type { Sealed } from '../vault/vault.ts';
import type { AccountTable, RouteAccountTable } from './account-tables.ts';
import type {
	AlertChannelTable,
	AlertDeliveryTable,
	AlertHushTable,
	AlertThreadTable,
	IncidentTable,
} from './alert-tables.ts';
import type { CapTable } from './cap-tables.ts';
import type { SignInCheckTable } from './sign-in-checks.ts';
import type {
	MailCountTable,
	MailDelayTable,
	MailGapTable,
	MailLogTable,
	MailRouteTable,
	MailSettingsTable,
	MailTable,
	MailUserTable,
	QueueTable,
	UnlistedSenderTable,
	WaitingOfRouteTable,
} from './mail-tables.ts';

export type Time = ColumnType< Date, Date, Date >;
declare const of: unique symbol;
/** Text of a value of that type, as a column of JSON takes it. */
export type JsonText< T > = string & { readonly [ of ]: T };
export type Json< T > = ColumnType< T, JsonText< T >, JsonText< T > >;

/** A value for a column of JSON; it is read as a value again. The driver would make an array of PostgreSQL out of a list. */
export const json = < T >( value: T ): JsonText< T > => JSON.stringify( value ) as JsonText< T >;

/** Tables and columns are camelCase here and snake_case in PostgreSQL, also in raw SQL; what lies in JSON stays as it is. */
export const caseOfRows = new CamelCasePlugin( { maintainNestedObjectKeys: true } );

export interface SiteTable {
	id: string;
	/** Names the public key in signatures. */
	keyId: string;
	/** Raw Ed25519 public key, base64. */
	publicKey: string;
	url: string;
	name: string;
	pairedAt: Time;
	revokedAt: Time | null;
	/** Without being shown it: the default account. */
	customersMayUseIncluded: Generated< boolean >;
	/** After it the key signs nothing any more; null: never. */
	keyExpiresAt: Time | null;
	/** Proof that we wrote the row (genuine.ts). */
	mac: string | null;
}

/** Keys that were replaced or revoked: none of them is paired again. */
export interface RetiredKeyTable {
	keyId: string;
	siteId: string;
	at: Time;
}

export interface PairingCodeTable {
	/** The public first part of the code. */
	selector: string;
	/** Proof of the secret part and the end (vault.mac). */
	secretHash: string;
	expiresAt: Time;
	tries: Generated< number >;
	usedAt: Time | null;
}

export interface NonceTable {
	keyId: string;
	nonce: string;
	at: Time;
}

export interface ServerTable {
	/** Names the server in sealed secrets. */
	id: string;
	siteId: string;
	/** Post id in WordPress. */
	serverId: number;
	managedPublicKey: string | null;
	host: string | null;
	sshPort: number | null;
	sshUser: string | null;
	signIn: ConnectionView[ 'signIn' ] | null;
	/** Set or trusted by someone who may manage the site: may reach local addresses. */
	setByAdministrator: Generated< boolean >;
	/** Set and trusted by someone who may manage the defaults: may be given them. */
	mayHaveDefaults: Generated< boolean >;
	hostKey: Json< HostKey > | null;
	lastLook: Json< LastLook > | null;
	/** A look found a change that was begun and not ended. */
	unfinished: Generated< boolean >;
	submittedVersion: number | null;
	installedVersion: number | null;
	lastTest: Json< TestResult & { at: string } > | null;
	/** User id in WordPress; null: not told yet. */
	owner: number | null;
	/** When it got its present owner; null: it always had the same. */
	handedAt: Time | null;
	/** Settings up to this version are a former owner's. */
	handedVersion: number | null;
	/** Proof that we wrote the connection (genuine.ts). */
	mac: string | null;
}

export type LastLook = NonNullable< ConnectionView[ 'lastLook' ] >;

export interface HostKey {
	state: 'unknown' | 'trusted' | 'changed';
	fingerprint: string;
	seenFingerprint: string | null;
	algorithm: string;
	trustedAt: string | null;
	trustedBy: string | null;
}

export interface SecretTable {
	tableName: string;
	rowId: string;
	field: string;
	sealed: Json< Sealed >;
}

export interface SettingsTable {
	id: string;
	siteId: string;
	serverId: number;
	version: number;
	settings: Json< GatewaySettings >;
	/** Keyed digest of settings and password: the same click is the same version. */
	digest: string;
	/** Id of the account that they were taken from, which may be deleted since; null where the password was typed. */
	account: string | null;
	/** Of that account. */
	accountVersion: number | null;
	at: Time;
	by: string;
}

export interface JobTable {
	id: string;
	siteId: string;
	serverId: number;
	verb: Verb;
	state: JobState;
	/** Of what was asked: the same digest while queued or running is the same click. */
	digest: string;
	/** The key under which one job runs at a time. */
	identity: string;
	/** What was asked, by ids and plain values; never a secret. */
	request: Json< JobRequest >;
	/** Login, for people; the rest for decisions. */
	askedBy: Json< JobActor >;
	createdAt: Time;
	startedAt: Time | null;
	finishedAt: Time | null;
	cancelRequestedAt: Time | null;
	error: Json< JobError > | null;
	result: Json< JobResult > | null;
	lastSeq: Generated< number >;
	/** Which delivery of the queue holds the job: an older one may no longer write. */
	attempt: Generated< number >;
	/** Id in the queue. */
	queueId: string | null;
	/** The change on the server was begun: whoever takes the job up again attaches to it. */
	applying: Generated< boolean >;
	/** Proof that we wrote what is asked, and for whom (genuine.ts). */
	mac: string | null;
}

export interface EventTable {
	jobId: string;
	seq: number;
	at: Time;
	event: Json< NewJobEvent >;
	/** The number the server gave this step, where it is one of the server's. */
	serverSeq: number | null;
}

export interface AuditTable {
	id: Generated< number >;
	at: Time;
	siteId: string;
	serverId: number | null;
	actor: string;
	action: AuditAction;
	detail: Json< EventDetail >;
	/** Counts a site's entries from 1. */
	seq: number;
	/** Of the entry and of all before it (audit-chain.ts). */
	hash: string;
}

export interface AuditHeadTable {
	siteId: string;
	entries: number;
	/** Of the last entry. */
	hash: string;
	/** Proof that we wrote it. */
	mac: string;
}

export interface WatchTable {
	/** Id of the server's row. */
	server: string;
	dueAt: ColumnType< Date, Date | undefined, Date >;
	/** One worker looks; another may take over after this. */
	claimedUntil: Time | null;
	claim: string | null;
	/** What the last look made of it. */
	state: string | null;
	/** Error code of a look that failed; null where it did not. */
	reason: string | null;
	/** When the state became what it is. */
	since: Time | null;
	/** The last look that reached the server. */
	lookedAt: Time | null;
	incident: Json< Suspicion > | null;
	/** Until when we may use what another plugin lent us to reach the server. */
	lentUntil: Time | null;
}

/** What WordPress says of a server; nothing is decided by it. */
export interface ServerEntryTable {
	siteId: string;
	/** Post id. */
	serverId: number;
	name: string;
	/** User id. */
	owner: number;
}

export interface ServerSitesTable {
	/** Id of the server's row. */
	server: string;
	found: Json< FoundSites >;
}

/** What the last look found; names are the server's words. */
export interface FoundSites {
	sites: ( SiteFolder & { uid: number; user: string | null } )[];
	leftOut: boolean;
	/** Who is over their cap; absent in what was kept before there were any. */
	over?: FoundOver[];
	/** How often who was refused at a closed side door; absent in what was kept before there were any. */
	refusedDoors?: FoundRefusals[];
}

/** Whose sending is paused on a server. */
export interface PauseTable {
	/** Id of the server's row. */
	server: string;
	uid: number;
	/** Name of the Unix user; null where the number has none. */
	user: string | null;
	how: PauseKind;
	at: Time;
	/** Login of who paused it. */
	by: string;
}

/** A Unix user was seen to connect to a mail port of another machine. */
export interface SideDoorTable {
	/** Id of the server's row. */
	server: string;
	uid: number;
	user: string | null;
	address: string;
	port: number;
	/** How many looks have seen it. */
	looks: number;
	firstAt: Time;
	lastAt: Time;
}

export interface Tables {
	sites: SiteTable;
	retiredKeys: RetiredKeyTable;
	pairingCodes: PairingCodeTable;
	nonces: NonceTable;
	servers: ServerTable;
	secrets: SecretTable;
	settings: SettingsTable;
	accounts: AccountTable;
	jobs: JobTable;
	jobEvents: EventTable;
	audit: AuditTable;
	auditHeads: AuditHeadTable;
	watches: WatchTable;
	serverEntries: ServerEntryTable;
	alertDeliveries: AlertDeliveryTable;
	incidents: IncidentTable;
	alertThreads: AlertThreadTable;
	alertHushes: AlertHushTable;
	alertChannels: AlertChannelTable;
	mailLogs: MailLogTable;
	mailGaps: MailGapTable;
	mailUsers: MailUserTable;
	mails: MailTable;
	mailRoutes: MailRouteTable;
	mailCounts: MailCountTable;
	mailDelays: MailDelayTable;
	queues: QueueTable;
	serverSites: ServerSitesTable;
	pauses: PauseTable;
	sideDoors: SideDoorTable;
	caps: CapTable;
	signInChecks: SignInCheckTable;
	routeAccounts: RouteAccountTable;
	unlistedSenders: UnlistedSenderTable;
	mailSettings: MailSettingsTable;
	waitingOfRoutes: WaitingOfRouteTable;
}

/** The database or a transaction in it. */
export type Db = Kysely< Tables >;
export type Tx = Transaction< Tables >;
