import { expect, test } from '@jest/globals';
import { serverFiles } from './server-files.ts';

test( 'every test file for real servers is played on a system at least, the basic ones on both', () => {
	const on12 = serverFiles( 'debian12', { whole: false } );
	const on13 = serverFiles( 'debian13', { whole: false } );
	const all = [ ...serverFiles( 'debian12', { whole: true } ), ...serverFiles( 'debian13', { whole: true } ) ];
	expect( [ ...new Set( [ ...on12, ...on13 ] ) ].sort() ).toEqual( [ ...new Set( all ) ].sort() );
	expect( on12.filter( ( file ) => on13.includes( file ) ) ).toContain( 'backend/src/programs/apply.server.test.ts' );
	expect( on13 ).toContain( 'lab/build/package.debian13.test.ts' );
	expect( on12 ).not.toContain( 'lab/build/package.debian13.test.ts' );
} );

test( 'a whole pass plays each of them on both', () => {
	const shared = ( kind: 'debian12' | 'debian13' ) =>
		serverFiles( kind, { whole: true } ).filter( ( file ) => file.endsWith( '.server.test.ts' ) );
	expect( shared( 'debian12' ) ).toEqual( shared( 'debian13' ) );
	expect( shared( 'debian12' ).length ).toBeGreaterThan( 10 );
} );
