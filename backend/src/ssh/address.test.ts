import { describe, expect, test } from '@jest/globals';
import { addressKind, effectiveAddress, mayReach, resolveServer } from './address.ts';

describe( 'addressKind', () => {
	test.each( [
		[ '203.0.113.7', 'public' ],
		[ '2606:4700::1111', 'public' ],
		[ '127.0.0.1', 'local' ],
		[ '127.8.9.10', 'local' ],
		[ '0.0.0.0', 'local' ],
		[ '169.254.1.1', 'local' ],
		[ '224.0.0.1', 'local' ],
		[ '::1', 'local' ],
		[ '::', 'local' ],
		[ 'fe80::1%eth0', 'local' ],
		[ '::ffff:127.0.0.1', 'local' ],
		[ '::ffff:7f00:1', 'local' ],
		[ '64:ff9b::7f00:1', 'local' ],
		[ '64:ff9b::a00:1', 'private' ],
		[ '64:ff9b::cb00:7107', 'public' ],
		[ '64:ff9b:1::a00:1', 'local' ],
		[ '::ffff:0:127.0.0.1', 'local' ],
		[ '::2', 'local' ],
		[ '::127.0.0.1', 'local' ],
		[ '2001:0:4136:e378:8000:63bf:80ff:fffe', 'local' ],
		[ '2001:db8::1', 'public' ],
		[ '2002:7f00:1::', 'local' ],
		[ '10.1.2.3', 'private' ],
		[ '172.31.255.255', 'private' ],
		[ '192.168.0.1', 'private' ],
		[ '100.64.0.1', 'private' ],
		[ 'fd12::1', 'private' ],
		[ '::ffff:10.0.0.1', 'private' ],
		[ '169.254.169.254', 'metadata' ],
		[ '::ffff:169.254.169.254', 'metadata' ],
		[ '64:ff9b::a9fe:a9fe', 'metadata' ],
		[ 'fd00:ec2::254', 'metadata' ],
		[ '100.100.100.200', 'metadata' ],
		[ '168.63.129.16', 'metadata' ],
		[ 'fd20:ce::254', 'metadata' ],
	] )( '%s is %s', ( address, kind ) => {
		expect( addressKind( address ) ).toBe( kind );
	} );

	test( 'an ordinary IPv6 address stands for itself', () => {
		expect( effectiveAddress( '2001:db8::1.2.3.4' ) ).toBe( '2001:db8::1.2.3.4' );
	} );
} );

describe( 'mayReach', () => {
	const customer = { mayReachLocalAddresses: false };
	const administrator = { mayReachLocalAddresses: true };
	test( 'customers reach public addresses and listed private ranges only', () => {
		expect( mayReach( '203.0.113.7', customer ) ).toBe( true );
		expect( mayReach( '10.1.2.3', customer ) ).toBe( false );
		expect( mayReach( '10.1.2.3', { ...customer, allowedPrivateRanges: [ '10.1.0.0/16' ] } ) ).toBe( true );
		expect( mayReach( '::ffff:10.1.2.3', { ...customer, allowedPrivateRanges: [ '10.1.0.0/16' ] } ) ).toBe( true );
		expect( mayReach( '10.2.2.3', { ...customer, allowedPrivateRanges: [ '10.1.0.0/16' ] } ) ).toBe( false );
		expect( mayReach( '127.0.0.1', { ...customer, allowedPrivateRanges: [ '0.0.0.0/0' ] } ) ).toBe( false );
	} );
	test( 'administrators reach everything but metadata', () => {
		expect( mayReach( '127.0.0.1', administrator ) ).toBe( true );
		expect( mayReach( '10.1.2.3', administrator ) ).toBe( true );
		expect( mayReach( '169.254.169.254', administrator ) ).toBe( false );
	} );
} );

describe( 'resolveServer', () => {
	test( 'connects to literals, so that a name is looked up only once', async () => {
		await expect( resolveServer( 'localhost', { mayReachLocalAddresses: true } ) ).resolves.toContain(
			'127.0.0.1'
		);
	} );
	test( 'refuses a name with an inner address', async () => {
		await expect( resolveServer( 'localhost', { mayReachLocalAddresses: false } ) ).rejects.toMatchObject( {
			code: 'server_address_refused',
		} );
	} );
	test( 'says so where there is no such name', async () => {
		await expect( resolveServer( 'no-such-name.invalid', { mayReachLocalAddresses: true } ) ).rejects.toMatchObject(
			{ code: 'server_name_not_found' }
		);
	} );
} );
