import { askRest } from './rest.ts';

/** Adds a server to this WordPress by its name; answered by PHP alone. Throws CallFailed. */
export function addServer( title: string ): Promise< { serverId: number } > {
	return askRest( { path: '/entries', method: 'POST', body: { title } } );
}
