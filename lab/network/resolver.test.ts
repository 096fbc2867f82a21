import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startResolver } from './resolver.ts';
import { labZones } from './zones.ts';

const resolver = new Resolver( { timeout: 2000, tries: 1 } );
let running: Awaited< ReturnType< typeof startResolver > >;

beforeAll( async () => {
	const zones = labZones( 'smtp.provider.test', { mail: '10.20.30.1', web: '10.20.30.2' } );
	running = await startResolver( [ { address: '127.0.0.1', port: 0 } ], zones );
	resolver.setServers( [ `127.0.0.1:${ running.ports[ 0 ] }` ] );
} );

afterAll( () => running.close() );

test( 'knows the provider, however its name is written', async () => {
	await expect( resolver.resolve4( 'SMTP.provider.test' ) ).resolves.toEqual( [ '10.20.30.1' ] );
} );

test( 'says that the provider has no IPv6 address, not that it does not exist', async () => {
	await expect( resolver.resolve6( 'smtp.provider.test' ) ).rejects.toMatchObject( { code: 'ENODATA' } );
} );

test( 'says of a mistyped name that it does not exist', async () => {
	await expect( resolver.resolve4( 'smpt.provider.test' ) ).rejects.toMatchObject( { code: 'ENOTFOUND' } );
} );

test( 'says of a name that only leads to others that it has no records', async () => {
	await expect( resolver.resolveTxt( '_tcp.by-srv.test' ) ).rejects.toMatchObject( { code: 'ENODATA' } );
} );

test( 'fails where the servers of a zone are gone', async () => {
	await expect( resolver.resolveTxt( 'dns-broken.test' ) ).rejects.toMatchObject( { code: 'ESERVFAIL' } );
} );

test( 'answers while garbage arrives', async () => {
	const socket = createSocket( 'udp4' );
	for ( const bytes of [ Buffer.from( 'short' ), Buffer.alloc( 40, 0xff ), Buffer.alloc( 0 ) ] ) {
		socket.send( bytes, running.ports[ 0 ], '127.0.0.1' );
	}
	await expect( resolver.resolve4( 'smtp.provider.test' ) ).resolves.toEqual( [ '10.20.30.1' ] );
	socket.close();
	await once( socket, 'close' );
} );

describe( 'where mail domains tell their servers', () => {
	test( 'SRV, MX and an IPv6 address', async () => {
		await expect( resolver.resolveSrv( '_submissions._tcp.by-srv.test' ) ).resolves.toEqual( [
			expect.objectContaining( { priority: 0, weight: 0, port: 465, name: 'smtp.provider.test' } ),
		] );
		await expect( resolver.resolveMx( 'by-srv.test' ) ).resolves.toEqual( [
			expect.objectContaining( { priority: 10, exchange: 'smtp.provider.test' } ),
		] );
		await expect( resolver.resolve6( 'dual.provider.test' ) ).resolves.toEqual( [ '2001:db8::25' ] );
	} );

	test( 'a service that is not offered has an empty target', async () => {
		await expect( resolver.resolveSrv( '_submission._tcp.srv-refused.test' ) ).resolves.toEqual( [
			expect.objectContaining( { port: 0, name: '' } ),
		] );
	} );

	test( 'the hosts that serve a Thunderbird configuration', async () => {
		await expect( resolver.resolve4( 'autoconfig.by-autoconfig.test' ) ).resolves.toEqual( [ '10.20.30.2' ] );
	} );
} );

describe( 'what senders publish', () => {
	const text = async ( name: string ) => ( await resolver.resolveTxt( name ) ).map( ( pieces ) => pieces.join( '' ) );

	test( 'SPF beside other text, and a policy', async () => {
		await expect( text( 'sender-good.test' ) ).resolves.toContain( 'v=spf1 include:spf.provider.test -all' );
		await expect( text( '_dmarc.sender-good.test' ) ).resolves.toEqual( [
			expect.stringMatching( /^v=DMARC1; p=reject/ ),
		] );
	} );

	test( 'a DKIM key longer than one string, also behind an alias', async () => {
		const [ key ] = await text( 'lab._domainkey.sender-good.test' );
		expect( key ).toMatch( /^v=DKIM1; k=rsa; p=MII[A-Za-z0-9+/]{380,}/ );
		await expect( text( 'lab._domainkey.sender-cname.test' ) ).resolves.toEqual( [ key ] );
	} );

	test( 'a chain of eleven includes', async () => {
		await expect( text( '10.spf-many.test' ) ).resolves.toEqual( [ 'v=spf1 include:11.spf-many.test -all' ] );
		await expect( text( '11.spf-many.test' ) ).resolves.toEqual( [ expect.stringContaining( 'ip4:' ) ] );
	} );
} );
