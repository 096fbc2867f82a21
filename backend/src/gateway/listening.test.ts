import { describe, expect, test } from '@jest/globals';
import { addressName, isInTheWay, isLoopback } from './listening.ts';

describe( 'an address of /proc/net/tcp', () => {
	test.each( [
		[ '0100007F', '127.0.0.1' ],
		[ '0B00060A', '10.6.0.11' ],
		[ '00000000000000000000000001000000', '[::1]' ],
		[ 'B80D0120000000000000000001000000', '[2001:db8::1]' ],
	] )( '%s is %s', ( hexadecimal, name ) => {
		expect( addressName( hexadecimal ) ).toBe( name );
	} );

	test( 'is in the way of Postfix where it is loopback or everywhere', () => {
		const found = [ '0100007F', '00000000', '0'.repeat( 32 ), '00000000000000000000000001000000', '0B00060A' ];

		expect( found.map( ( address ) => isInTheWay( { address } ) ) ).toEqual( [ true, true, true, true, false ] );
		expect( isLoopback( { address: '0100007F', port: 2525 } ) ).toBe( false );
	} );
} );
