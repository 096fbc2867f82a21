import type { EndpointName, Endpoints, ParsedRequestOf } from '@email-gateway/shared';
import type { z } from 'zod';
import type { App } from '../app.ts';
import type { Caller } from '../servers/caller.ts';
import type { View } from '../views/view.ts';

/** What the path of a call names. `serverId` is a post id. */
export type PathOf< Name extends EndpointName > =
	( Endpoints[ Name ][ 'path' ] extends `${ string }/:serverId${ string }` ? { serverId: number } : unknown ) &
		( Endpoints[ Name ][ 'path' ] extends `${ string }/:jobId${ string }` ? { jobId: string } : unknown );

/** What answers one call of the contract: it takes what was asked and by whom, and gives what views/ made of it. */
export type Call< Name extends EndpointName > = (
	app: App,
	input: ParsedRequestOf< Name >,
	caller: Caller & PathOf< Name >
) => Promise< View< z.input< Endpoints[ Name ][ 'response' ] > > >;
