import type { Importable, ResponseOf } from '@email-gateway/shared';
import { askRest } from './rest.ts';

/** What WPCloudDeploy saved of its own gateway, without the password. */
export type { Importable };
export type SavedGateway = NonNullable< Importable[ 'defaults' ] >;

const path = '/wpcd-import';

/** Answered by PHP alone, from the records of WPCloudDeploy. */
export function readImportable( signal?: AbortSignal ): Promise< Importable > {
	return askRest( { path, method: 'GET', signal } );
}

/** PHP hands its defaults, password included, to the backend. */
export function importDefaults(): Promise< ResponseOf< 'saveAccount' > > {
	return askRest( { path: `${ path }/defaults`, method: 'POST' } );
}

/** PHP asks for an install with what is saved there, password included. */
export function importServer( serverId: number, signal: AbortSignal ): Promise< ResponseOf< 'installGateway' > > {
	return askRest( { path: `${ path }/servers/${ serverId }`, method: 'POST', signal } );
}
