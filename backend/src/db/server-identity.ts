import { pinOf } from './places.ts';
import type { Server } from './servers.ts';

/** Whether two are reached and signed in to in the same way. */
export function isSameConnection( one: Server, other: Server ): boolean {
	const partsOf = ( server: Server ) => [
		...[ server.id, server.host, server.sshPort, server.sshUser, server.signIn, pinOf( server ) ],
	];
	return JSON.stringify( partsOf( one ) ) === JSON.stringify( partsOf( other ) );
}

/** What tells servers apart, whoever manages them: the trusted host key; before it, who asks. */
export function identityOf( server: Pick< Server, 'hostKey' | 'siteId' | 'serverId' > ): string {
	const pin = pinOf( server );
	return pin === null ? `server:${ server.siteId }:${ server.serverId }` : `key:${ pin }`;
}
