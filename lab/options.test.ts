import { describe, expect, test } from '@jest/globals';
import { parseLabOptions } from './options.ts';

describe( 'the command line of the lab', () => {
	test( 'one kind of server makes two servers, for there are two owners', () => {
		expect( parseLabOptions( [ '--servers', 'debian13' ] ) ).toEqual( { servers: [ 'debian13', 'debian13' ] } );
	} );

	test( 'several kinds are taken as they are', () => {
		expect( parseLabOptions( [ '--servers=debian12,debian13' ] ) ).toEqual( {
			servers: [ 'debian12', 'debian13' ],
		} );
	} );

	test( 'what was not said is not there', () => {
		expect( parseLabOptions( [] ) ).toEqual( {} );
	} );

	test.each( [
		[ [ '--servers', 'debian7' ], '--servers knows debian12 and debian13, not "debian7".' ],
		[ [ '--database', 'mysql' ], '--database knows pglite and postgres, not "mysql".' ],
	] )( '%j is refused with a sentence', ( argv, sentence ) => {
		expect( () => parseLabOptions( argv ) ).toThrow( sentence );
	} );
} );
