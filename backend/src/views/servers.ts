import type { ResponseOf } from '@email-gateway/shared';
import type { Job } from '../db/jobs.ts';
import type { Server } from '../db/servers.ts';
import type { Watch } from '../db/watches.ts';
import type { Caller } from '../servers/caller.ts';
import { hasGateway } from '../servers/gateway-there.ts';
import { jobShownTo } from '../servers/ownership.ts';
import { checkedAt, gatewayState } from '../watch/gateway-state.ts';
import { View } from './view.ts';

/** What is known of a server for its row in a list, which names no account. */
export interface KnownServer {
	serverId: number;
	server: Server | undefined;
	/** The newest. */
	job: Job | undefined;
	watch: Watch | undefined;
}

/** A row for each server that was asked for. */
export const serverRows = ( known: readonly KnownServer[], caller: Caller ): View< ResponseOf< 'listServers' > > =>
	new View( { servers: known.map( ( one ) => rowBody( one, caller ) ) } );

function rowBody( { serverId, server, job, watch }: KnownServer, caller: Caller ) {
	if ( ! server ) {
		const nothing = { host: null, checkedAt: null, hasGateway: false, lastTest: null };
		return { serverId, state: 'not_connected' as const, ...nothing };
	}
	const { lastTest: test, installedVersion } = server;
	return {
		serverId,
		host: server.host,
		state: gatewayState( { server, job: jobShownTo( server, job, caller ), watch, nowMs: Date.now() } ),
		checkedAt: installedVersion ? checkedAt( server ) : null,
		hasGateway: hasGateway( server, job ),
		lastTest: test ? { at: test.at, outcome: test.outcome } : null,
	};
}
