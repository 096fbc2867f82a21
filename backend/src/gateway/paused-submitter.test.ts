import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Paused } from './pauses.ts';
import { renderSubmitter } from './submitter.ts';

// the real program, asked as Postfix asks it, about real connections of this machine
const folder = mkdtempSync( join( tmpdir(), 'email-gateway-submitter-' ) );
const program = join( folder, 'submitter' );
const servers: Server[] = [];
const sockets: Socket[] = [];
const uid = process.getuid?.() ?? 0;

async function listen( host: string ): Promise< number > {
	const server = createServer( ( socket ) => void sockets.push( socket.on( 'error', () => {} ) ) );
	servers.push( server.listen( 0, host ) );
	await once( server, 'listening' );
	return ( server.address() as AddressInfo ).port;
}
let port = 0;
let port6 = 0;
beforeAll( async () => {
	port = await listen( '127.0.0.1' );
	port6 = await listen( '::1' );
} );
afterAll( () => {
	sockets.forEach( ( socket ) => socket.destroy() );
	servers.forEach( ( server ) => server.close() );
	rmSync( folder, { recursive: true } );
} );

async function client( host: string, to = port, localAddress?: string ): Promise< Socket > {
	const socket = connect( { host, port: to, ...( localAddress && { localAddress } ) } );
	await once( socket, 'connect' );
	sockets.push( socket );
	return socket;
}

const request = ( of: { address: string; port: number | string; server?: string; serverPort?: number } ) =>
	[
		...[ 'request=smtpd_access_policy', 'protocol_state=DATA', `client_address=${ of.address }` ],
		...[ 'client_name=localhost', `client_port=${ of.port }`, `server_address=${ of.server ?? '127.0.0.1' }` ],
		...[ `server_port=${ of.serverPort ?? port }`, 'helo_name=client_port=1', 'sender=a=b@c.test', '', '' ],
	].join( '\n' );

function ask( input: string, paused: Paused[] = [] ): string[] {
	writeFileSync( program, renderSubmitter( paused ) );
	const { stdout } = spawnSync( 'sh', [ program ], { input, encoding: 'utf8' } );
	return stdout.split( '\n\n' ).filter( Boolean );
}
const hold = ( of = uid ): Paused[] => [ { uid: of, user: null, how: 'hold' } ];

describe( 'whose message that is', () => {
	test( 'is told for IPv4, from any address of loopback, and for IPv6', async () => {
		const four = await client( '127.0.0.1' );
		const other = await client( '127.0.0.1', port, '127.0.0.9' );
		const six = await client( '::1', port6 );
		expect(
			ask(
				request( { address: '127.0.0.1', port: four.localPort ?? 0 } ) +
					request( { address: '127.0.0.9', port: other.localPort ?? 0 } ) +
					request( { address: '::1', port: six.localPort ?? 0, server: '::1', serverPort: port6 } )
			)
		).toEqual( Array( 3 ).fill( `action=INFO uid=${ uid }` ) );
	} );

	test( 'is told where a program speaks IPv4 through a socket of IPv6', async () => {
		const mapped = await client( '::ffff:127.0.0.1' );
		expect( ask( request( { address: '127.0.0.1', port: mapped.localPort ?? 0 } ) ) ).toEqual( [
			`action=INFO uid=${ uid }`,
		] );
	} );

	test( 'is held or refused where that user is paused, and nobody else', async () => {
		const at = request( { address: '127.0.0.1', port: ( await client( '127.0.0.1' ) ).localPort ?? 0 } );
		expect( ask( at, hold() ) ).toEqual( [ `action=HOLD uid=${ uid }` ] );
		expect( ask( at, [ { uid, user: null, how: 'refuse' } ] ) ).toEqual( [
			'action=554 5.7.1 Sending of this site is paused',
		] );
		expect( ask( at, hold( 4711 ) ) ).toEqual( [ `action=INFO uid=${ uid }` ] );
		expect( ask( at, hold( Number( `${ uid }1` ) ) ) ).toEqual( [ `action=INFO uid=${ uid }` ] );
	} );

	test( 'is not told where the client has gone: while anybody is paused it is put off', async () => {
		const gone = await client( '127.0.0.1' );
		const at = request( { address: '127.0.0.1', port: gone.localPort ?? 0 } );
		gone.destroy();
		await once( gone, 'close' );
		expect( ask( at ) ).toEqual( [ 'action=DUNNO' ] );
		expect( ask( at, hold( 4711 ) )[ 0 ] ).toMatch( /^action=451 4\.3\.0 / );
	} );

	test.each( [
		[ 'an address elsewhere', { address: '192.0.2.1', port: 1 } ],
		[ 'words', { address: '$(reboot)', port: '`id`' } ],
		[ 'nothing', { address: '', port: '' } ],
		[ 'too many numbers', { address: '127.0.0.1.1', port: 25 } ],
	] )( 'is not told for %s', ( _what, of ) => {
		expect( ask( request( of ), hold() )[ 0 ] ).toMatch( /^action=451 / );
	} );

	const asRoot = uid === 0 ? test : test.failing;
	asRoot( 'is that of the other user whose process it is', async () => {
		const child = spawn(
			'perl',
			[
				'-MIO::Socket::INET',
				'-e',
				`$| = 1; my $s = IO::Socket::INET->new("127.0.0.1:${ port }"); print $s->sockport, "\\n"; sleep 60`,
			],
			{ uid: 2345, stdio: [ 'ignore', 'pipe', 'ignore' ] }
		);
		const [ said ] = ( await once( child.stdout, 'data' ) ) as [ Buffer ];
		const at = request( { address: '127.0.0.1', port: Number( said ) } );
		expect( ask( at, hold( 2345 ) ) ).toEqual( [ 'action=HOLD uid=2345' ] );
		child.kill();
	} );
} );
