import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchText } from './fetch-text.ts';
import { findSettings } from './find-settings.ts';
import { makeTestCertificates } from './test-certificates.ts';
import { startTestDns, type TestZone } from './test-dns.ts';

const signal = AbortSignal.timeout( 60_000 );
const certificates = makeTestCertificates( 'autoconfig.site.test' );
const closers: ( () => unknown )[] = [];
afterEach( async () => {
	for ( const close of closers.splice( 0 ) ) {
		await close();
	}
} );

async function startWeb( listener: RequestListener ): Promise< { port: number; ca: string } > {
	const server: Server = createServer( certificates.good, listener );
	await new Promise< void >( ( resolve ) => server.listen( 0, '127.0.0.1', resolve ) );
	closers.push( () => {
		server.close();
		server.closeAllConnections();
	} );
	return { port: ( server.address() as AddressInfo ).port, ca: certificates.ca };
}
const file = ( host: string ) =>
	`<outgoingServer type="smtp"><hostname>${ host }</hostname><port>465</port><socketType>SSL</socketType>` +
	'<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></outgoingServer>';

/** `allowed` stands for the outside: our fixtures are on loopback, which is never allowed otherwise. */
const find = async ( zone: TestZone, { address = 'me@site.test' } = {} ) => {
	const dns = await startTestDns( zone );
	closers.push( dns.stop );
	const found = await findSettings( {
		address,
		dnsServers: [ dns.address ],
		allowedPrivateRanges: [ '10.0.0.0/8' ],
		signal,
	} );
	return { found, asked: dns.asked };
};

describe( 'findSettings', () => {
	test( 'takes the encrypted service that the domain names in DNS', async () => {
		const { found, asked } = await find( {
			'_submissions._tcp.site.test': { SRV: [ { name: 'smtp.site.test', port: 465 } ] },
			'_submission._tcp.site.test': { SRV: [ { name: 'other.site.test', port: 587 } ] },
			'smtp.site.test': { A: [ '203.0.113.9' ] },
		} );
		expect( found ).toEqual( {
			smtpServer: 'smtp.site.test',
			smtpPort: 465,
			userName: 'me@site.test',
			source: 'dns',
		} );
		expect( asked[ 0 ] ).toBe( 'SRV _submissions._tcp.site.test' );
	} );

	test.each( [
		[ 'loopback', '127.0.0.1' ],
		[ 'the metadata of a cloud', '169.254.169.254' ],
		[ 'a private network', '192.168.1.1' ],
	] )( 'never suggests a server at %s', async ( _what, inner ) => {
		const { found } = await find( {
			'_submission._tcp.site.test': { SRV: [ { name: 'smtp.site.test', port: 587 } ] },
			'smtp.site.test': { A: [ '203.0.113.9', inner ] },
		} );
		expect( found ).toBe( null );
	} );

	test( 'a private range that is allowed is one', async () => {
		const { found } = await find( {
			'_submission._tcp.site.test': { SRV: [ { name: 'smtp.site.test', port: 587 } ] },
			'smtp.site.test': { A: [ '10.1.2.3' ] },
		} );
		expect( found ).toMatchObject( { smtpPort: 587 } );
	} );

	test( 'asks for nothing where the part after the @ is no domain', async () => {
		const { found, asked } = await find( {}, { address: 'me@127.0.0.1' } );
		expect( { found, asked } ).toEqual( { found: null, asked: [] } );
	} );

	test( 'tells the directory the domain and never the address', async () => {
		const { asked } = await find( {} );
		expect( asked ).toEqual(
			expect.arrayContaining( [ 'A autoconfig.site.test', 'A site.test', 'A autoconfig.thunderbird.net' ] )
		);
		expect( asked.some( ( name ) => name.includes( 'me@' ) ) ).toBe( false );
	} );
} );

describe( 'fetchText', () => {
	const get = async ( listener: RequestListener, { inside = true, url = 'https://autoconfig.site.test/x' } = {} ) => {
		const https = await startWeb( listener );
		const reach = { mayReachLocalAddresses: inside };
		return fetchText( url, { resolve: async () => [ '127.0.0.1' ], reach, signal, https } );
	};

	test( 'reads a small file over verified https', async () => {
		expect( await get( ( _request, response ) => response.end( file( 'smtp.site.test' ) ) ) ).toContain(
			'smtp.site.test'
		);
	} );

	test( 'connects to no inner address, whatever its name', async () => {
		let connected = false;
		const seen = await get( () => ( connected = true ), { inside: false } );
		expect( { seen, connected } ).toEqual( { seen: null, connected: false } );
	} );

	test.each( [ 'http://autoconfig.site.test/', 'https://autoconfig.site.test:8443/', 'file:///etc/passwd' ] )(
		'asks for nothing at %s',
		async ( url ) => {
			expect( await get( ( _request, response ) => response.end( 'x' ), { url } ) ).toBe( null );
		}
	);

	test( 'believes no certificate for another name', async () => {
		const url = 'https://other.site.test/';
		expect( await get( ( _request, response ) => response.end( 'x' ), { url } ) ).toBe( null );
	} );

	test( 'follows a few redirects, each judged anew', async () => {
		const hops: string[] = [];
		const redirect: RequestListener = ( { url = '' }, response ) => {
			hops.push( url );
			return url === '/end' ? response.end( 'there' ) : response.writeHead( 302, { location: '/end' } ).end();
		};
		expect( await get( redirect ) ).toBe( 'there' );
		const forEver: RequestListener = ( _request, response ) =>
			response.writeHead( 302, { location: '/again' } ).end();
		expect( await get( forEver ) ).toBe( null );
		const inward: RequestListener = ( _request, response ) =>
			response.writeHead( 302, { location: 'http://169.254.169.254/latest/' } ).end();
		expect( await get( inward ) ).toBe( null );
		expect( hops ).toEqual( [ '/x', '/end' ] );
	} );

	test( 'a redirect to what is no address leads nowhere', async () => {
		expect(
			await get( ( _request, response ) => response.writeHead( 302, { location: 'https://[' } ).end() )
		).toBe( null );
	} );

	test( 'reads no more than a small file may have', async () => {
		expect( await get( ( _request, response ) => response.end( 'x'.repeat( 2_000_000 ) ) ) ).toBe( null );
	} );

	test( 'does not wait for a web server that says nothing', async () => {
		expect( await get( () => {} ) ).toBe( null );
	}, 120_000 );
} );
