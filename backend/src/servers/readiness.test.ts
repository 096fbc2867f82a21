import { expect, test } from '@jest/globals';
import type { Server } from '../db/servers.ts';
import { Secret } from '../vault/secret.ts';
import type { Supplied } from './address.ts';
import { refuseUncheckable, refuseUnready, refuseUntrusted } from './readiness.ts';
import { connected, trustedKey } from './test-server.ts';

const supplied: Supplied = {
	...{ host: '203.0.113.5', sshPort: 22, sshUser: 'root' },
	...{ privateKey: new Secret( 'key' ), passphrase: null },
};
const kept: Server = { ...connected, signIn: 'supplied' };
const key = ( state: 'unknown' | 'changed' ) => ( { ...trustedKey, state } );

const codeOf = ( act: () => void ) => {
	try {
		act();
		return null;
	} catch ( error ) {
		return ( error as { code: string } ).code;
	}
};

test.each( [
	[ 'a trusted one', connected, null, null ],
	[ 'one that another plugin keeps', kept, supplied, null ],
	[ 'a row that we did not write', { ...connected, tampered: true }, null, 'record_not_genuine' ],
	[ 'none', { ...connected, host: null }, null, 'connection_missing' ],
	[ 'one kept elsewhere that did not come along', kept, null, 'connection_missing' ],
	[ 'a typed one that is kept elsewhere now', connected, supplied, 'connection_missing' ],
	[ 'one kept elsewhere that leads elsewhere', kept, { ...supplied, sshPort: 23 }, 'server_address_changed' ],
	[ 'a key that nobody compared', { ...connected, hostKey: key( 'unknown' ) }, null, 'host_key_not_trusted' ],
	[ 'no key yet', { ...connected, hostKey: null }, null, 'host_key_not_trusted' ],
	[ 'a key that has changed', { ...connected, hostKey: key( 'changed' ) }, null, 'host_key_changed' ],
] as [ string, Server, Supplied | null, string | null ][] )(
	'a job on a server with %s',
	( _name, server, connection, code ) => {
		expect( codeOf( () => refuseUnready( server, connection ) ) ).toBe( code );
	}
);

test.each( [
	[ connected, null ],
	[ { ...connected, tampered: true }, 'record_not_genuine' ],
	[ { ...connected, hostKey: key( 'changed' ) }, 'host_key_changed' ],
	[ { ...connected, hostKey: null }, 'host_key_not_trusted' ],
] as [ Server, string | null ][] )( 'the gate of the worker is the same: %#', ( server, code ) => {
	expect( codeOf( () => refuseUntrusted( server ) ) ).toBe( code );
} );

test.each( [
	[ connected, null, null ],
	[ { ...connected, host: null }, supplied, null ],
	[ { ...connected, host: null }, null, 'connection_missing' ],
	[ kept, null, 'connection_missing' ],
] as [ Server, Supplied | null, string | null ][] )( 'a check needs a connection: %#', ( server, connection, code ) => {
	expect( codeOf( () => refuseUncheckable( server, connection ) ) ).toBe( code );
} );
