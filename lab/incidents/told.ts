import type { Received } from '../alerts/received.ts';

/** One alert as the receiver took it. */
export interface Told {
	kind: string;
	/** The same in all messages about one trouble. */
	incident: string;
	trouble: string | null;
	/** Server ids that it is about. */
	servers: number[];
	text: string;
	/** When it came, milliseconds since the epoch. */
	atMs: number;
}

/** Reads what came, oldest first. Alerts of another form than ours are none. */
export function toldIn( received: readonly Received[] ): Told[] {
	return received
		.filter( ( { refused, channel } ) => refused === null && channel === 'webhook' )
		.map( ( { at, body } ) => readOne( body as Record< string, unknown >, Date.parse( at ) ) )
		.filter( ( { kind } ) => [ 'opened', 'still', 'over' ].includes( kind ) )
		.reverse();
}

function readOne( body: Record< string, unknown >, atMs: number ): Told {
	const about = [ body.server, ...( Array.isArray( body.servers ) ? ( body.servers as unknown[] ) : [] ) ];
	const ids = about.flatMap( ( one ) => ( one as { id?: number } | null )?.id ?? [] );
	return {
		kind: String( body.kind ),
		incident: String( body.incident ),
		trouble: body.trouble === null ? null : String( body.trouble ),
		servers: [ ...new Set( ids ) ],
		text: String( body.text ),
		atMs,
	};
}

/** What was told of a server from a moment on. */
export const aboutServer = ( told: readonly Told[], serverId: number, fromMs: number ): Told[] =>
	told.filter( ( { servers, atMs } ) => atMs >= fromMs && servers.includes( serverId ) );
