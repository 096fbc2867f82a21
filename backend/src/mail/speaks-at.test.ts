import { afterEach, describe, expect, test } from '@jest/globals';
import { connect as connectTcp, createServer, type AddressInfo } from 'node:net';
import { makeTestCertificates } from './test-certificates.ts';
import { startTestSmtp, type Script } from './test-smtp.ts';
import { speaksAt } from './speaks-at.ts';

const signal = AbortSignal.timeout( 60_000 );
const { good: tls, expired } = makeTestCertificates( 'localhost' );
const closers: ( () => unknown )[] = [];
afterEach( async () => {
	for ( const close of closers.splice( 0 ) ) {
		await close();
	}
} );

/** `as`: the number that the port is said to have. */
const speech = async ( script: Script, as = 587 ) => {
	const provider = await startTestSmtp( script );
	closers.push( provider.stop );
	const open = async () => connectTcp( provider.port, '127.0.0.1' );
	return { speaks: await speaksAt( open, { host: 'localhost', port: as, signal } ), heard: provider.heard };
};

describe( 'what a port really speaks', () => {
	test.each< [ string, Script, number, string | null ] >( [
		[ 'STARTTLS, as 587 should', { tls }, 587, 'starttls' ],
		[ 'STARTTLS, though it is 465', { tls }, 465, 'starttls' ],
		[ 'TLS at once, as 465 should', { tls, implicit: true }, 465, 'implicit' ],
		[ 'TLS at once, whoever signed its certificate', { tls: expired, implicit: true }, 465, 'implicit' ],
		[ 'SMTP without encryption', {}, 587, 'plain' ],
		[ 'SMTP that is busy: nobody knows', { tls, greeting: '421 4.7.0 Too many connections' }, 587, null ],
		[ 'nothing but hanging up', { greeting: '' }, 587, null ],
	] )( '%s', async ( _what, script, as, expected ) => {
		expect( ( await speech( script, as ) ).speaks ).toBe( expected );
	} );

	test( 'TLS at once, though its number means a greeting', async () => {
		expect( ( await speech( { tls, implicit: true }, 587 ) ).speaks ).toBe( 'implicit' );
	}, 120_000 );

	test( 'a web server is no mail server', async () => {
		const web = createServer( ( socket ) => {
			socket.on( 'error', () => {} ).once( 'data', () => socket.end( 'HTTP/1.1 400 Bad Request\r\n\r\n' ) );
		} );
		await new Promise< void >( ( resolve ) => web.listen( 0, '127.0.0.1', resolve ) );
		closers.push( () => web.close() );
		const open = async () => connectTcp( ( web.address() as AddressInfo ).port, '127.0.0.1' );
		expect( await speaksAt( open, { host: 'localhost', port: 443, signal } ) ).toBe( null );
	}, 120_000 );

	test( 'nothing but a greeting is ever sent', async () => {
		const { heard } = await speech( { tls } );
		expect( heard ).toEqual( [ 'EHLO email-gateway.invalid' ] );
	} );
} );
