import type {
	AlertMessage,
	AuditAction,
	ConnectionView,
	EventDetail,
	GatewaySettings,
	JobError,
	JobResult,
	JobState,
	NewJobEvent,
	OlderMail,
	TestResult,
	Verb,
} from '@email-gateway/shared';
import type { ColumnType, Generated, Kysely, Transaction } from 'kysely';
import type { Incident } from '../watch/incident.ts';
import type { Sealed } from '../vault/vault.ts';

type Time = ColumnType< Date, Date, Date >;
type Json< T > = ColumnType< T, string, string >;

export interface SiteTable {
	id: string;
	/** Names the public key in signatures. */
	key_id: string;
	/** Raw Ed25519 public key, base64. */
	public_key: string;
	url: string;
	name: string;
	paired_at: Time;
	revoked_at: Time | null;
	/** Without being shown them: the defaults. */
	customers_may_use_included: Generated< boolean >;
	/** After it the key signs nothing any more; null: never. */
	key_expires_at: Time | null;
	/** Proof that we wrote the row (genuine.ts). */
	mac: string | null;
}

/** Keys that were replaced or revoked: none of them is paired again. */
export interface RetiredKeyTable {
	key_id: string;
	site_id: string;
	at: Time;
}

export interface PairingCodeTable {
	/** The public first part of the code. */
	selector: string;
	/** Proof of the secret part and the end (vault.mac). */
	secret_hash: string;
	expires_at: Time;
	tries: Generated< number >;
	used_at: Time | null;
}

export interface NonceTable {
	key_id: string;
	nonce: string;
	at: Time;
}

export interface ServerTable {
	/** Names the server in sealed secrets. */
	id: string;
	site_id: string;
	/** Post id in WordPress. */
	server_id: number;
	managed_public_key: string | null;
	host: string | null;
	ssh_port: number | null;
	ssh_user: string | null;
	sign_in: ConnectionView[ 'signIn' ] | null;
	/** Set or trusted by someone who may manage the site: may reach local addresses. */
	set_by_administrator: Generated< boolean >;
	/** Set and trusted by someone who may manage the defaults: may be given them. */
	may_have_defaults: Generated< boolean >;
	host_key: Json< HostKey > | null;
	last_look: Json< NonNullable< ConnectionView[ 'lastLook' ] > > | null;
	/** A look found a change that was begun and not ended. */
	unfinished: Generated< boolean >;
	submitted_version: number | null;
	installed_version: number | null;
	last_test: Json< TestResult & { at: string } > | null;
	/** User id in WordPress; null: not told yet. */
	owner: number | null;
	/** When it got its present owner; null: it always had the same. */
	handed_at: Time | null;
	/** Settings up to this version are a former owner's. */
	handed_version: number | null;
	/** Proof that we wrote the connection (genuine.ts). */
	mac: string | null;
}

export interface HostKey {
	state: 'unknown' | 'trusted' | 'changed';
	fingerprint: string;
	seenFingerprint: string | null;
	algorithm: string;
	trustedAt: string | null;
	trustedBy: string | null;
}

export interface SecretTable {
	table_name: string;
	row_id: string;
	field: string;
	sealed: Json< Sealed >;
}

export interface SettingsTable {
	id: string;
	site_id: string;
	server_id: number;
	version: number;
	settings: Json< GatewaySettings >;
	/** Keyed digest of settings and password: the same click is the same version. */
	digest: string;
	defaults_version: number | null;
	at: Time;
	by: string;
}

export interface DefaultsTable {
	id: string;
	site_id: string;
	version: number;
	settings: Json< DefaultSettings >;
	at: Time;
	by: string;
}
export type DefaultSettings = Pick<
	GatewaySettings,
	'smtpServer' | 'smtpPort' | 'userName' | 'sendingDomain' | 'note'
>;

export interface JobTable {
	id: string;
	site_id: string;
	server_id: number;
	verb: Verb;
	state: JobState;
	/** Of what was asked: the same digest while queued or running is the same click. */
	digest: string;
	/** The key under which one job runs at a time. */
	identity: string;
	/** What was asked, by ids and plain values; never a secret. */
	request: Json< JobRequest >;
	/** Login, for people; the rest for decisions. */
	asked_by: Json< JobActor >;
	created_at: Time;
	started_at: Time | null;
	finished_at: Time | null;
	cancel_requested_at: Time | null;
	error: Json< JobError > | null;
	result: Json< JobResult > | null;
	last_seq: Generated< number >;
	/** Which delivery of the queue holds the job: an older one may no longer write. */
	attempt: Generated< number >;
	/** Id in the queue. */
	queue_id: string | null;
	/** The change on the server was begun: whoever takes the job up again attaches to it. */
	applying: Generated< boolean >;
	/** Proof that we wrote what is asked, and for whom (genuine.ts). */
	mac: string | null;
}

export interface JobActor {
	login: string;
	mail: string;
	administrator: boolean;
	/** Is shown the defaults. Absent in jobs from before it was kept. */
	seesDefaults?: boolean;
}

export type JobRequest =
	| { verb: 'check_connection' }
	| {
			verb: 'preview_changes';
			settings: GatewaySettings;
			consents: string[];
			siteUrl: string;
			/** The password is that of the defaults, so the settings are theirs. */
			withDefaults: boolean;
			passwordTyped?: boolean;
	  }
	| { verb: 'check_settings'; settings: GatewaySettings; withDefaults: boolean }
	| { verb: 'find_settings'; address: string }
	| { verb: 'install_gateway'; version: number; consents: string[]; siteUrl: string; passwordTyped?: boolean }
	| { verb: 'send_test_email'; from: string; to: string; siteName: string }
	| { verb: 'deliver_waiting_mail'; older: OlderMail }
	| { verb: 'deliver_former_mail' }
	| { verb: 'remove_gateway'; waitingMail: 'refuse' | 'save' };

export interface EventTable {
	job_id: string;
	seq: number;
	at: Time;
	event: Json< NewJobEvent >;
	/** The number the server gave this step, where it is one of the server's. */
	server_seq: number | null;
}

export interface AuditTable {
	id: Generated< number >;
	at: Time;
	site_id: string;
	server_id: number | null;
	actor: string;
	action: AuditAction;
	detail: Json< EventDetail >;
	/** Counts a site's entries from 1. */
	seq: number;
	/** Of the entry and of all before it (audit-chain.ts). */
	hash: string;
}

export interface AuditHeadTable {
	site_id: string;
	entries: number;
	/** Of the last entry. */
	hash: string;
	/** Proof that we wrote it. */
	mac: string;
}

export interface WatchTable {
	/** Id of the server's row. */
	server: string;
	due_at: ColumnType< Date, Date | undefined, Date >;
	/** One worker looks; another may take over after this. */
	claimed_until: Time | null;
	claim: string | null;
	/** What the last look made of it. */
	state: string | null;
	/** Error code of a look that failed; null where it did not. */
	reason: string | null;
	/** When the state became what it is. */
	since: Time | null;
	/** The last look that reached the server. */
	looked_at: Time | null;
	incident: Json< Incident > | null;
	/** Until when we may use what another plugin lent us to reach the server. */
	lent_until: Time | null;
}

export interface AlertDeliveryTable {
	id: string;
	site_id: string;
	message: Json< AlertMessage >;
	created_at: Time;
	due_at: Time;
	tries: Generated< number >;
	claimed_until: Time | null;
	ended_at: Time | null;
	delivered: boolean | null;
	/** What happened at the last try; null where it was taken. */
	answer: string | null;
}

export interface Tables {
	sites: SiteTable;
	retired_keys: RetiredKeyTable;
	pairing_codes: PairingCodeTable;
	nonces: NonceTable;
	servers: ServerTable;
	secrets: SecretTable;
	settings: SettingsTable;
	defaults: DefaultsTable;
	jobs: JobTable;
	job_events: EventTable;
	audit: AuditTable;
	audit_heads: AuditHeadTable;
	watches: WatchTable;
	alert_deliveries: AlertDeliveryTable;
}

/** The database or a transaction in it. */
export type Db = Kysely< Tables >;
export type Tx = Transaction< Tables >;
