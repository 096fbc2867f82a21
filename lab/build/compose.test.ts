import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import yaml from 'yaml';
import { readConfig, variables } from '../../backend/src/config.ts';
import { checkoutPath } from '../system/paths.ts';

// No Docker engine can be reached from here: what compose.yaml says is compared with the program, the Dockerfile and the page.

interface Service {
	image?: string;
	build?: { context: string; args: Record< string, string > };
	environment?: Record< string, string >;
	ports?: string[];
	volumes: string[];
	secrets?: { source: string; target: string }[];
	networks?: Record< string, { ipv4_address: string } > | string[];
	network_mode?: string;
	healthcheck?: object;
	depends_on?: Record< string, { condition: string } >;
}
interface Compose {
	services: Record< 'backend' | 'database' | 'caddy', Service >;
	volumes: Record< string, null >;
	secrets: Record< string, { file: string } >;
	configs: Record< string, { content: string } >;
}

const fileOf = ( path: string ) => readFileSync( join( checkoutPath, path ), 'utf8' );
const text = fileOf( 'backend/compose.yaml' );
const compose = yaml.parse( text ) as Compose;
const { backend, database, caddy } = compose.services;
const dockerfile = fileOf( 'backend/Dockerfile' );
/** What Docker would put in the place of variables. */
const filled = ( value: string ) => value.replace( /\$\{GATEWAY_NAME[^}]*\}/, 'gateway.example.com' );

/** NAME=value of the ENV lines of the Dockerfile. */
const fromImage = Object.fromEntries(
	[ ...dockerfile.matchAll( /^ENV (.*)$/gm ) ].flatMap( ( [ , line = '' ] ) =>
		line.split( ' ' ).map( ( pair ) => pair.split( '=' ) )
	)
) as Record< string, string >;
const environment = Object.fromEntries(
	Object.entries( { ...fromImage, ...backend.environment } ).map( ( [ name, value ] ) => [ name, filled( value ) ] )
);

test( 'the backend starts with what image and file set, and knows each setting', () => {
	const unknown = Object.keys( environment ).filter( ( name ) => ! Object.hasOwn( variables, name ) );
	expect( unknown.sort() ).toEqual( [ 'NODE_ENV', 'NODE_USE_SYSTEM_CA' ] );
	const config = readConfig( environment );
	expect( config ).toMatchObject( { host: '0.0.0.0', port: 8025, publicUrl: 'https://gateway.example.com' } );
	expect( config.masterKey ).toEqual( { kind: 'file', path: `/run/secrets/${ backend.secrets?.[ 0 ]?.target }` } );
	const inVolume = backend.volumes.some( ( volume ) =>
		config.dataDir.startsWith( `${ volume.split( ':' )[ 1 ] }/` )
	);
	expect( inVolume ).toBe( true );
} );

test( 'no secret stands in it: the key is a file of its own, and PostgreSQL has neither password nor port', () => {
	expect( compose.secrets ).toEqual( { 'master-key': { file: './master.key' } } );
	expect( backend.secrets?.map( ( { source } ) => source ) ).toEqual( [ 'master-key' ] );
	expect( text ).not.toMatch( /PASSWORD|MASTER_KEY|SECRET/ );
	const { password, searchParams } = new URL( environment.DATABASE_URL ?? '' );
	expect( password ).toBe( '' );
	expect( database.network_mode ).toBe( 'none' );
	const socket = `socket:${ searchParams.get( 'host' ) }`;
	expect( [ backend.volumes, database.volumes, caddy.volumes ].map( ( all ) => all.includes( socket ) ) ).toEqual( [
		...[ true, true, false ],
	] );
} );

test( 'only Caddy is reached from outside, and only its word on an address counts', () => {
	expect( caddy.ports ).toEqual( [ '80:80', '443:443', '443:443/udp' ] );
	expect( [ backend.ports, database.ports ] ).toEqual( [ undefined, undefined ] );
	const { outside } = caddy.networks as Record< string, { ipv4_address: string } >;
	expect( readConfig( environment ).trustedProxies ).toEqual( [ outside?.ipv4_address ] );
} );

test( 'each image is named by its digest, as the Dockerfile wants it', () => {
	const images = [ backend.build?.args.BASE, database.image, caddy.image ];
	for ( const image of images ) {
		expect( image ).toMatch( /^\w+@sha256:\$\{\w+_DIGEST:\?[^}]+\}$/ );
	}
	const args = [ ...dockerfile.matchAll( /^ARG (\w+)/gm ) ].map( ( [ , name ] ) => name );
	expect( Object.keys( backend.build?.args ?? {} ).filter( ( name ) => ! args.includes( name ) ) ).toEqual( [] );
	expect( backend.build?.context ).toBe( '.' );
} );

test( 'each waits until the one before it is healthy', () => {
	expect( dockerfile ).toMatch( /^HEALTHCHECK[\s\S]*\/ready/m );
	expect( database.healthcheck ).toBeDefined();
	expect( backend.depends_on ).toEqual( { database: { condition: 'service_healthy' } } );
	expect( caddy.depends_on ).toEqual( { backend: { condition: 'service_healthy' } } );
} );

test( 'Caddy does what production.md says, which a real one is tried with', () => {
	const [ , ofPage = '' ] = /Caddyfile <<'END'\n([\s\S]*?)\nEND/.exec( fileOf( 'docs/production.md' ) ) ?? [];
	const own = filled( compose.configs.caddyfile?.content ?? '' ).trim();
	expect( own.replace( 'backend:8025', '127.0.0.1:8025' ) ).toBe( ofPage );
} );

test( 'every volume, network and secret that is used is declared', () => {
	const named = Object.values( compose.services ).flatMap( ( { volumes } ) =>
		volumes.map( ( volume ) => volume.split( ':' )[ 0 ] )
	);
	expect( [ ...new Set( named ) ].sort() ).toEqual( Object.keys( compose.volumes ).sort() );
} );
