import type { GatewayState } from '@email-gateway/shared';
import type { Server } from '../db/servers.ts';
import type { Watch } from '../db/watches.ts';

/** What looks remember trouble as. */
const remembered: Partial< Record< GatewayState, string > > = {
	...{ waiting: 'waiting', refused: 'refused', differs: 'changed' },
	...{ stopped: 'stopped', replaced: 'replaced', unreachable: 'unreachable' },
};

export interface Seen {
	server: Pick< Server, 'lastLook' >;
	/** Undefined where nobody looks regularly. */
	watch: Pick< Watch, 'state' | 'since' > | undefined;
	/** This person is told nothing of before; null: of all. */
	knownSince: Date | null;
}

/**
 * Since when trouble is there, as an ISO time: of mail that waits, when the oldest of it arrived; of the rest, when the first
 * of the looks saw it that all saw the same. Null for what is no trouble, and where nothing tells.
 */
export function stateSince( state: GatewayState, { server, watch, knownSince }: Seen ): string | null {
	const of = remembered[ state ];
	const since = of === undefined ? null : oldestAt( state, server ) ?? ( watch?.state === of ? watch.since : null );
	if ( since === null ) {
		return null;
	}
	return ( knownSince !== null && knownSince > since ? knownSince : since ).toISOString();
}

function oldestAt( state: GatewayState, { lastLook: look }: Seen[ 'server' ] ): Date | null {
	const oldestS = look?.mail?.oldestS ?? null;
	return look && oldestS !== null && ( state === 'waiting' || state === 'refused' )
		? new Date( Date.parse( look.at ) - oldestS * 1000 )
		: null;
}
