import { sql, type Kysely } from 'kysely';

/** Everything the first release keeps. `tables.ts` says what each column means. */
export async function up( db: Kysely< unknown > ): Promise< void > {
	for ( const statement of statements ) {
		await sql.raw( statement ).execute( db );
	}
}

const statements = [
	`create table sites (
		id uuid primary key,
		key_id text not null unique,
		public_key text not null,
		url text not null,
		name text not null,
		paired_at timestamptz not null,
		revoked_at timestamptz
	)`,
	`create table pairing_codes (
		selector text primary key,
		secret_hash text not null,
		expires_at timestamptz not null,
		tries integer not null default 0,
		used_at timestamptz
	)`,
	`create table nonces (
		key_id text not null,
		nonce text not null,
		at timestamptz not null,
		primary key (key_id, nonce)
	)`,
	`create index nonces_by_time on nonces (at)`,
	`create table servers (
		id uuid primary key,
		site_id uuid not null references sites,
		server_id bigint not null,
		managed_public_key text,
		host text,
		ssh_port integer,
		ssh_user text,
		sign_in text,
		set_by_administrator boolean not null default false,
		may_have_defaults boolean not null default false,
		host_key jsonb,
		last_look jsonb,
		unfinished boolean not null default false,
		submitted_version integer,
		installed_version integer,
		last_test jsonb,
		unique (site_id, server_id)
	)`,
	`create table secrets (
		table_name text not null,
		row_id text not null,
		field text not null,
		sealed jsonb not null,
		primary key (table_name, row_id, field)
	)`,
	`create table settings (
		id uuid primary key,
		site_id uuid not null references sites,
		server_id bigint not null,
		version integer not null,
		settings jsonb not null,
		digest text not null,
		defaults_version integer,
		at timestamptz not null,
		by text not null,
		unique (site_id, server_id, version)
	)`,
	`create table defaults (
		id uuid primary key,
		site_id uuid not null references sites,
		version integer not null,
		settings jsonb not null,
		at timestamptz not null,
		by text not null,
		unique (site_id, version)
	)`,
	`create table jobs (
		id uuid primary key,
		site_id uuid not null references sites,
		server_id bigint not null,
		verb text not null,
		state text not null,
		digest text not null,
		identity text not null,
		request jsonb not null,
		asked_by jsonb not null,
		created_at timestamptz not null,
		started_at timestamptz,
		finished_at timestamptz,
		cancel_requested_at timestamptz,
		error jsonb,
		result jsonb,
		last_seq integer not null default 0,
		attempt integer not null default 0,
		queue_id uuid,
		applying boolean not null default false
	)`,
	// "the same click": one live job per verb, server and what was asked
	`create unique index jobs_same_click on jobs (site_id, server_id, verb, digest) where state in ('queued', 'running')`,
	`create index jobs_by_server on jobs (site_id, server_id, created_at desc)`,
	`create index jobs_by_identity on jobs (identity, created_at) where state in ('queued', 'running')`,
	`create table job_events (
		job_id uuid not null references jobs on delete cascade,
		seq integer not null,
		at timestamptz not null,
		event jsonb not null,
		server_seq integer,
		primary key (job_id, seq)
	)`,
	`create unique index job_events_of_server on job_events (job_id, server_seq, (event->>'type')) where server_seq is not null`,
	`create table audit (
		id bigint generated always as identity primary key,
		at timestamptz not null,
		site_id uuid not null,
		server_id bigint,
		actor text not null,
		action text not null,
		detail jsonb not null
	)`,
];
