import { describe, expect, test } from '@jest/globals';
import { labNetwork, labPort, serverLink } from './addresses.ts';

describe( 'the network of a checkout', () => {
	test( 'is always the same for one checkout', () => {
		expect( labNetwork( '/home/ann/gateway/.lab' ) ).toEqual( {
			prefix: '10.224.147.',
			hostAddress: '10.224.147.1',
			webAddress: '10.224.147.2',
			alertsAddress: '10.224.147.3',
			bridge: 'eg835950',
			id: '835950',
		} );
	} );

	test( 'is another one for another checkout', () => {
		const one = labNetwork( '/home/ann/gateway/.lab' );
		const other = labNetwork( '/home/bob/gateway/.lab' );
		expect( other.prefix ).not.toBe( one.prefix );
		expect( other.bridge ).not.toBe( one.bridge );
	} );

	test( 'gives each server an address and names that the kernel takes', () => {
		const network = labNetwork( '/srv/checkout/.lab' );
		const link = serverLink( network, 'server-with-a-long-name', 199 );
		expect( link.address ).toBe( `${ network.prefix }209` );
		expect( link.hostInterface.length ).toBeLessThanOrEqual( 15 );
		expect( link.hardwareAddress ).toMatch( /^02(:[0-9a-f]{2}){4}:d1$/ );
		expect( link.namespace ).toBe( `eg${ network.id }-server-with-a-long-name` );
	} );

	test( 'stays inside 10.16.0.0 to 10.239.255.0', () => {
		for ( let number = 0; number < 500; number++ ) {
			const [ first, second, third ] = labNetwork( `/checkout/${ number }` ).prefix.split( '.' ).map( Number );
			expect( first ).toBe( 10 );
			expect( second ).toBeGreaterThanOrEqual( 16 );
			expect( second ).toBeLessThanOrEqual( 239 );
			expect( third ).toBeLessThanOrEqual( 255 );
		}
	} );
} );

test( 'each service of a checkout has a port of its own, below those the system gives out', () => {
	const ports = [ 'wordpress', 'backend', 'inbox', 'postgres' ].map( ( name ) =>
		labPort( '/home/ann/gateway/.lab', name )
	);
	expect( new Set( ports ).size ).toBe( 4 );
	expect( Math.min( ...ports ) ).toBeGreaterThanOrEqual( 20_000 );
	expect( Math.max( ...ports ) ).toBeLessThan( 32_000 );
} );
