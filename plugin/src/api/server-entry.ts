import type { NamedServer } from '@email-gateway/shared';
import { askRest } from './rest.ts';

/** Answered by PHP alone: the backend knows a server by its number. Throws CallFailed where it is not this person's, or gone. */
export function readServerEntry( serverId: number, signal?: AbortSignal ): Promise< NamedServer > {
	return askRest( { path: `/servers/${ serverId }/entry`, method: 'GET', signal } );
}
