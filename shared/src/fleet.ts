import { z } from 'zod';
import { serverId } from './endpoint.ts';
import { oneLine } from './fields.ts';
import { mostEntries, mostWithin, serverIdPattern } from './limits.ts';
import { gatewayState, gatewayStates, serverSummary, type GatewayState } from './servers.ts';

/** What WordPress says of a server: how it is called there (at most 200 characters), and the user id of whose it is. */
export const serverEntry = z.strictObject( {
	serverId,
	name: z.string().max( 400, { error: 'too_long' } ),
	owner: z.int().min( 0 ),
} );
export type ServerEntry = z.infer< typeof serverEntry >;

/** All servers of a site whose ids lie from `firstId` to `lastId` (null: and all beyond): the others there are gone. */
export const entriesRequest = z.strictObject( {
	firstId: serverId,
	lastId: serverId.nullable(),
	servers: z.array( serverEntry ).max( mostEntries ),
} );
export type EntriesRequest = z.infer< typeof entriesRequest >;

/** States in which mail does not go out as it should, or nobody knows what is left on a server: somebody has to look. */
export const troubleStates = [
	'refused',
	'stopped',
	'replaced',
	'unreachable',
	'differs',
	'unfinished',
	'disk_low',
	'waiting',
	'clock_wrong',
] as const satisfies readonly GatewayState[];

/** In this order a list is sorted by state: what needs somebody first. */
export const statesByUrgency: readonly GatewayState[] = [
	...troubleStates,
	...gatewayStates.filter( ( state ) => ! ( troubleStates as readonly GatewayState[] ).includes( state ) ),
];

const withinPattern = new RegExp( `^(${ serverIdPattern }(,${ serverIdPattern }){0,${ mostWithin - 1 }})?$` );

const count = ( most: number ) => z.coerce.number().int().min( 1 ).max( most );

export const fleetSorts = [ 'name', 'host', 'state', 'tested' ] as const;

/** Which servers, in which order, and which page of them. */
export const fleetQuery = z.strictObject( {
	/** Comma-separated post ids: the only servers that there are for this person. Without it: all of the site. */
	within: z.string().regex( withinPattern, { error: 'invalid' } ).optional(),
	/** Part of a name or a host. */
	search: oneLine( 200 ).optional(),
	state: gatewayState.optional(),
	/** Only those in trouble. */
	trouble: z.literal( 'yes' ).optional(),
	gateway: z.enum( [ 'yes', 'no' ] ).optional(),
	owner: z.coerce.number().int().min( 0 ).optional(),
	sort: z.enum( fleetSorts ).default( 'name' ),
	order: z.enum( [ 'asc', 'desc' ] ).default( 'asc' ),
	page: count( 1_000_000 ).default( 1 ),
	/** Rows of a page. */
	size: count( 999 ).default( 20 ),
} );
export type FleetQuery = z.infer< typeof fleetQuery >;

export const fleetPage = z.object( {
	servers: z.array( serverSummary ),
	/** How many there are on all pages. */
	found: z.number(),
	/** Of all that this person may see, whatever is searched: how many there are, in trouble, and with a gateway. */
	all: z.number(),
	trouble: z.number(),
	withGateway: z.number(),
} );
