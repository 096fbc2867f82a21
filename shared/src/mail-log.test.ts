import { expect, test } from '@jest/globals';
import { mailFilter } from './mail-log.ts';

test.each( [ '%', '@', '\\', '=x' ] )( 'a search for %s is told to be too short, not to be missing', ( text ) => {
	for ( const field of [ 'recipient', 'sender' ] ) {
		expect( mailFilter.safeParse( { [ field ]: text } ).error?.issues ).toMatchObject( [
			{ path: [ field ], message: 'short_search' },
		] );
	}
} );
