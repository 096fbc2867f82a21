import { askRest } from './rest.ts';

export interface ServerEntry {
	title: string;
	/** Of its screen. */
	url: string;
}

/** Answered by PHP alone: the backend knows a server by its number. Throws CallFailed where it is not this person's, or gone. */
export function readServerEntry( serverId: number, signal?: AbortSignal ): Promise< ServerEntry > {
	return askRest( { path: `/servers/${ serverId }/entry`, method: 'GET', signal } );
}
