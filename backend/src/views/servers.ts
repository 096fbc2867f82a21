import type { AlertTrouble, ResponseOf } from '@email-gateway/shared';
import type { FoundServers } from '../db/fleet.ts';
import { currentJobs, type Job } from '../db/jobs.ts';
import { serversOf } from '../db/servers-of-site.ts';
import { openAlertsAt } from '../db/incidents.ts';
import { onBackupOf } from '../db/on-backup.ts';
import { sandboxesOf } from '../db/sandbox.ts';
import type { Server } from '../db/servers.ts';
import type { Db } from '../db/tables.ts';
import { watchesOf, type Watch } from '../db/watches.ts';
import type { Caller } from '../servers/caller.ts';
import { hasGateway } from '../servers/gateway-there.ts';
import { auditSince, jobShownTo } from '../servers/ownership.ts';
import type { Vault } from '../vault/vault.ts';
import { checkedAt, gatewayState } from '../watch/gateway-state.ts';
import { stateSince } from '../watch/state-since.ts';
import { View } from './view.ts';

interface Parts {
	db: Db;
	vault: Vault;
}

/** What is known of a server for its row in a list, which names no account. */
interface KnownServer {
	serverId: number;
	server: Server | undefined;
	/** The newest. */
	job: Job | undefined;
	watch: Watch | undefined;
	/** It is on. */
	sandbox: boolean;
	/** It sends by it, and the caller may know. */
	backup: boolean;
	alert: AlertTrouble | null;
}

/** A row for each server that was asked for. */
export const serverRows = async (
	parts: Parts,
	serverIds: readonly number[],
	caller: Caller
): Promise< View< ResponseOf< 'listServers' > > > => new View( { servers: await rowsOf( parts, serverIds, caller ) } );

/** The rows of a page, and how many there are besides. */
export const fleetView = async (
	parts: Parts,
	{ serverIds, ...counts }: FoundServers,
	caller: Caller
): Promise< View< ResponseOf< 'findServers' > > > =>
	new View( { ...counts, servers: await rowsOf( parts, serverIds, caller ) } );

async function rowsOf( { db, vault }: Parts, serverIds: readonly number[], caller: Caller ) {
	const rows = await serversOf( db, vault, caller.site.id, serverIds );
	const servers = new Map( rows.map( ( server ) => [ server.serverId, server ] ) );
	const jobs = await currentJobs( db, caller.site.id, serverIds );
	const ids = rows.map( ( { id } ) => id );
	const watches = await watchesOf( db, ids );
	const sandboxes = await sandboxesOf( db, ids );
	const backups = caller.may( 'manage_defaults' ) ? await onBackupOf( db, ids ) : new Set< string >();
	// what the state of the row says, and the mark of a backup, is not said twice
	const said = [
		'gateway',
		...( caller.may( 'manage_defaults' ) || ! caller.may( 'manage_site' ) ? [ 'on_backup' ] : [] ),
	];
	const alerts = await openAlertsAt( db, ids, said );
	return serverIds.map( ( serverId ) => {
		const server = servers.get( serverId );
		const watch = server && watches.get( server.id );
		const sandbox = server !== undefined && sandboxes.has( server.id );
		const backup = server !== undefined && backups.has( server.id );
		const alert = ( server && alerts.get( server.id ) ) ?? null;
		return rowBody( { serverId, server, job: jobs.get( serverId ), watch, sandbox, backup, alert }, caller );
	} );
}

function rowBody( { serverId, server, job, watch, ...marks }: KnownServer, caller: Caller ) {
	if ( ! server ) {
		const nothing = { host: null, since: null, checkedAt: null, hasGateway: false, lastTest: null, ...marks };
		return { serverId, state: 'not_connected' as const, ...nothing };
	}
	const { lastTest: test, installedVersion } = server;
	const state = gatewayState( { server, job: jobShownTo( server, job, caller ), watch, nowMs: Date.now() } );
	return {
		serverId,
		host: server.host,
		state,
		since: stateSince( state, { server, watch, knownSince: auditSince( server, caller ) } ),
		checkedAt: installedVersion ? checkedAt( server ) : null,
		hasGateway: hasGateway( server, job ),
		lastTest: test ? { at: test.at, outcome: test.outcome } : null,
		...marks,
	};
}
