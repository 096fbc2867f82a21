import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readConfig, variables } from './config.ts';

describe( 'the configuration', () => {
	test( '.env.example names every variable, each with its reason above it, and no other', () => {
		const lines = readFileSync( new URL( '../.env.example', import.meta.url ), 'utf8' ).split( '\n' );
		const named = lines.flatMap( ( line, index ) => {
			const name = /^([A-Z_]+)=/.exec( line )?.[ 1 ];
			return name ? [ { name, hasReason: lines[ index - 1 ]?.startsWith( '# ' ) ?? false } ] : [];
		} );
		expect( named.map( ( { name } ) => name ).sort() ).toEqual( Object.keys( variables ).sort() );
		expect( named.filter( ( { hasReason } ) => ! hasReason ) ).toEqual( [] );
	} );

	test( 'the values in .env.example are those that hold without it', () => {
		const lines = readFileSync( new URL( '../.env.example', import.meta.url ), 'utf8' ).split( '\n' );
		const example = Object.fromEntries(
			lines.filter( ( line ) => /^[A-Z_]+=/.test( line ) ).map( ( line ) => line.split( '=' ) )
		);
		expect( readConfig( example ) ).toEqual( readConfig( {} ) );
	} );

	test( 'the master key lies next to the data folder, not in it', () => {
		const { masterKey } = readConfig( { EMAIL_GATEWAY_DATA_DIR: '/srv/gateway' } );
		expect( masterKey ).toEqual( { kind: 'file', path: '/srv/gateway.key' } );
		const lent = readConfig( { CREDENTIALS_DIRECTORY: '/run/x', EMAIL_GATEWAY_MASTER_KEY_FILE: '/run/x/key' } );
		expect( lent.masterKey ).toEqual( { kind: 'file', path: '/run/x/key', isCredential: true } );
	} );

	test.each( [
		[ { HOST: '0.0.0.0' }, 'HOST' ],
		[ { HOST: '192.0.2.1', EMAIL_GATEWAY_PUBLIC_URL: 'http://127.0.0.1:8025' }, 'HOST' ],
		[ { EMAIL_GATEWAY_PUBLIC_URL: 'http://gateway.example.com' }, 'EMAIL_GATEWAY_PUBLIC_URL' ],
		[ { PORT: 'eighty' }, 'PORT' ],
		[ { EMAIL_GATEWAY_ROLE: 'queen' }, 'EMAIL_GATEWAY_ROLE' ],
		[ { EMAIL_GATEWAY_ALLOWED_PRIVATE_RANGES: '10.0.0.0/99' }, 'EMAIL_GATEWAY_ALLOWED_PRIVATE_RANGES' ],
		[ { EMAIL_GATEWAY_TRUSTED_PROXIES: '192.0.2.1,proxy.example.com' }, 'EMAIL_GATEWAY_TRUSTED_PROXIES' ],
		[ { EMAIL_GATEWAY_DNS_SERVERS: 'dns.example.com' }, 'EMAIL_GATEWAY_DNS_SERVERS' ],
		[ { DATABASE_URL: 'mysql://localhost/x' }, 'DATABASE_URL' ],
	] )( '%j is refused by the name of its variable', ( env, name ) => {
		expect( () => readConfig( env ) ).toThrow( name );
	} );

	test( 'other addresses are allowed behind https, which is where sites sign for', () => {
		const config = readConfig( { HOST: '0.0.0.0', EMAIL_GATEWAY_PUBLIC_URL: 'https://gateway.example.com/mail/' } );
		expect( config ).toMatchObject( { host: '0.0.0.0', publicUrl: 'https://gateway.example.com/mail' } );
	} );
} );
