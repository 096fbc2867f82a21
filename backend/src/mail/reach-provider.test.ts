import { describe, expect, test } from '@jest/globals';
import { Duplex } from 'node:stream';
import type { CheckedPort, PortState } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import { forwardError } from '../ssh/forward-error.ts';
import type { Remote } from '../ssh/remote.ts';
import { causeOfSilence, portsToTry, probePorts, providerAddresses, usablePorts } from './reach-provider.ts';

const signal = AbortSignal.timeout( 60_000 );
const asCustomer = { mayReachLocalAddresses: false };

/** A server whose programs print `said`, and whose network answers as `network` says of `address port`. */
const makeRemote = ( said: string, network: Record< string, PortState > = {} ) => {
	const opened: string[] = [];
	const remote: Remote = {
		asRoot: () => 'root',
		fingerprint: '',
		run: async () => ( { exitCode: 0, stdout: said, stderr: '' } ),
		async forward( { host, port } ) {
			opened.push( `${ host } ${ port }` );
			const state = network[ `${ host } ${ port }` ] ?? 'silent';
			if ( state === 'open' ) {
				return mailServer();
			}
			throw new GatewayError( state === 'closed' ? 'provider_port_closed' : 'provider_port_blocked' );
		},
		close() {},
	};
	return { remote, opened };
};
/** Greets, and answers whatever comes first as EHLO. */
function mailServer(): Duplex {
	const stream: Duplex = new Duplex( {
		read() {},
		write( _line, _encoding, done ) {
			stream.push( '250-provider\r\n250 STARTTLS\r\n' );
			done();
		},
	} );
	stream.push( '220 ready\r\n' );
	return stream;
}
const silent = ( port: number ): CheckedPort => ( { port, state: 'silent', ipv4: 'silent', ipv6: null, speaks: null } );

describe( 'the addresses of a provider', () => {
	const where = { host: 'smtp.example.com', port: 587, signal };

	test( 'IPv4 and IPv6 are told apart', async () => {
		const { remote } = makeRemote( '2001:db8::7\n203.0.113.9\n' );
		const found = await providerAddresses( remote, { ...where, reach: { mayReachLocalAddresses: true } } );
		expect( found ).toEqual( { ipv4: '203.0.113.9', ipv6: '2001:db8::7' } );
	} );

	test.each( [
		[ 'one inner address among public ones', '203.0.113.9\n10.0.0.7\n', 587, 'private' ],
		[ 'the metadata of a cloud', '169.254.169.254\n', 587, 'metadata' ],
		[ 'loopback, written as IPv6', '::ffff:127.0.0.1\n', 587, 'local' ],
		[ 'a port that is none for mail', '203.0.113.9\n', 22, 'port' ],
	] )( 'a customer does not reach %s: nothing is connected to', async ( _what, said, port, kind ) => {
		const { remote, opened } = makeRemote( said );
		await expect( providerAddresses( remote, { ...where, port, reach: asCustomer } ) ).rejects.toMatchObject( {
			code: 'server_address_refused',
			detail: { kind },
		} );
		expect( opened ).toEqual( [] );
	} );

	test.each( [
		[ 'name_not_found', 'Name or service not known' ],
		[ 'resolver_down', 'Temporary failure in name resolution' ],
	] )( 'that has none: %s, as sshd says it', async ( cause, said ) => {
		const { remote, opened } = makeRemote( '' );
		const forward: Remote[ 'forward' ] = async ( target, options ) => {
			await remote.forward( target, options ).catch( () => {} );
			throw forwardError( said, target );
		};
		const asked = providerAddresses( { ...remote, forward }, { ...where, reach: asCustomer } );
		await expect( asked ).rejects.toMatchObject( {
			code: 'provider_name_not_found',
			detail: { cause, port: 587, reply: said },
		} );
		// nobody listens there, whatever the name means by now
		expect( opened ).toEqual( [ 'smtp.example.com 0' ] );
	} );

	test( 'whatever is chosen, the other ports that are tried are mail ports', () => {
		expect( portsToTry( { host: 'inner.example.com', port: 587 } ) ).toEqual( [ 587, 465, 2525, 443 ] );
		expect( portsToTry( { host: 'smtp.mailgun.org', port: 25 } ) ).toEqual( [ 25, 587, 2525, 465 ] );
	} );
} );

describe( 'the ports of a provider', () => {
	test( 'are asked by both addresses, and what is open is listened to', async () => {
		const { remote } = makeRemote( '', {
			'203.0.113.9 587': 'silent',
			'2001:db8::7 587': 'open',
			'203.0.113.9 2525': 'closed',
		} );
		const addresses = { ipv4: '203.0.113.9', ipv6: '2001:db8::7' };
		expect( await probePorts( remote, { host: 'h', addresses, ports: [ 587, 2525 ], signal } ) ).toEqual( [
			{ port: 587, state: 'open', ipv4: 'silent', ipv6: 'open', speaks: 'starttls' },
			{ port: 2525, state: 'closed', ipv4: 'closed', ipv6: 'silent', speaks: null },
		] );
	} );

	test( 'are offered only where they speak as Postfix will', () => {
		const open = { state: 'open', ipv4: 'open', ipv6: null } as const;
		const ports: CheckedPort[] = [
			silent( 587 ),
			{ port: 2525, ...open, speaks: 'implicit' },
			{ port: 443, ...open, speaks: null },
			{ port: 8025, ...open, speaks: 'starttls' },
			{ port: 465, ...open, speaks: 'implicit' },
		];
		expect( usablePorts( ports, 587 ) ).toEqual( [ 8025, 465 ] );
	} );

	test.each( [
		[ 'all silent while the package mirror answers', [ 587, 465 ].map( silent ), 'yes', 'cloud_blocks_mail' ],
		[ 'all silent, and the mirror too', [ 587, 465 ].map( silent ), 'no', 'port_blocked' ],
		[
			'all silent but 443, which refuses',
			[ silent( 587 ), silent( 465 ), { ...silent( 443 ), state: 'closed' as const } ],
			'yes',
			'cloud_blocks_mail',
		],
		[
			'all silent but 443, which takes mail',
			[ silent( 587 ), { ...silent( 443 ), state: 'open' as const, speaks: 'implicit' as const } ],
			'yes',
			'port_blocked',
		],
		[
			'one of them refused',
			[ silent( 587 ), { ...silent( 465 ), state: 'closed' as const } ],
			'yes',
			'port_blocked',
		],
	] )( '%s', async ( _what, ports, mirror, cause ) => {
		expect( await causeOfSilence( makeRemote( `${ mirror }\n` ).remote, { ports, signal } ) ).toBe( cause );
	} );
} );
