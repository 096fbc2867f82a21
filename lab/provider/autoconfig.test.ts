import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startAutoconfig } from './autoconfig.ts';
import { ensureCertificates, readCertificate } from './certificates.ts';

const folder = mkdtempSync( join( tmpdir(), 'email-gateway-autoconfig-' ) );
let running: Awaited< ReturnType< typeof startAutoconfig > >;
let ca: string;

beforeAll( async () => {
	ca = readFileSync( await ensureCertificates( folder, 'smtp.provider.test' ), 'utf8' );
	const certificate = readCertificate( folder, 'web' );
	running = await startAutoconfig(
		{ address: '127.0.0.1', port: 0 },
		{ provider: 'smtp.provider.test', certificate }
	);
} );

afterAll( () => {
	running.close();
	rmSync( folder, { recursive: true } );
} );

/** Asks a host by its name, with the certificate judged as a browser does. */
function get( host: string, path: string ): Promise< { status: number; text: string } > {
	return new Promise( ( done, fail ) => {
		const options = { host: '127.0.0.1', port: running.port, path, ca, servername: host, headers: { host } };
		request( options, ( response ) => {
			const chunks: Buffer[] = [];
			response.on( 'data', ( chunk ) => chunks.push( chunk ) );
			response.on( 'end', () =>
				done( { status: response.statusCode ?? 0, text: Buffer.concat( chunks ).toString() } )
			);
		} )
			.on( 'error', fail )
			.end();
	} );
}

test.each( [
	[ 'autoconfig.by-autoconfig.test', '/mail/config-v1.1.xml?emailaddress=ann%40by-autoconfig.test' ],
	[ 'by-well-known.test', '/.well-known/autoconfig/mail/config-v1.1.xml' ],
] )( '%s tells the provider, encrypted ports first', async ( host, path ) => {
	const { status, text } = await get( host, path );
	expect( status ).toBe( 200 );
	expect( text.match( /<port>(465|587)<\/port>/g ) ).toEqual( [ '<port>465</port>', '<port>587</port>' ] );
	expect( text ).toContain( '<hostname>smtp.provider.test</hostname>' );
} );

test( 'a domain has its configuration in one place only', async () => {
	expect( await get( 'by-well-known.test', '/mail/config-v1.1.xml' ) ).toMatchObject( { status: 404 } );
} );

test( 'hostile ones are what they say', async () => {
	const bomb = await get( 'autoconfig.by-bomb.test', '/mail/config-v1.1.xml' );
	expect( bomb.text ).toContain( '<!ENTITY e10 "&e9;&e9;' );
	expect( bomb.text.length ).toBeLessThan( 4096 );
	expect( ( await get( 'autoconfig.by-huge.test', '/mail/config-v1.1.xml' ) ).text.length ).toBeGreaterThan(
		2 << 20
	);
	expect( await get( 'autoconfig.by-redirect.test', '/mail/config-v1.1.xml' ) ).toMatchObject( { status: 302 } );
	expect( ( await get( 'autoconfig.by-inner.test', '/mail/config-v1.1.xml' ) ).text ).toContain( '127.0.0.1' );
} );
