import { expect, test } from '@jest/globals';
import { version as backendVersion } from '../../backend/src/version.ts';
import { read, version, versionCopies, withVersion } from './version.ts';

test( 'every copy of the version is the version', () => {
	expect( versionCopies().filter( ( { found } ) => found !== version() ) ).toEqual( [] );
	const counts = new Map< string, number >();
	for ( const { file } of versionCopies() ) {
		counts.set( file, ( counts.get( file ) ?? 0 ) + 1 );
	}
	expect( Object.fromEntries( counts ) ).toEqual( {
		'package.json': 1,
		'package-lock.json': 8,
		'shared/package.json': 1,
		'backend/package.json': 2,
		'plugin/package.json': 2,
		'lab/package.json': 1,
		'plugin/email-gateway.php': 2,
		'plugin/readme.txt': 1,
	} );
	expect( backendVersion ).toBe( version() );
} );

test( 'the changelogs have a part for the version, and at most one for what follows it', () => {
	const headings = [ ...read( 'docs/changelog.md' ).matchAll( /^## (.*)$/gm ) ].map( ( [ , heading ] ) => heading );
	const [ next = '' ] = headings;
	expect( headings[ next.endsWith( ', not released yet' ) ? 1 : 0 ] ).toBe( version() );
	expect( read( 'plugin/readme.txt' ) ).toContain( `\n= ${ version() } =\n` );
} );

test( 'another version is written to each place, and to the heading of what is not released yet', () => {
	const files = withVersion( '9.8.7' );
	const parts = files.flatMap( ( { text } ) => text.split( '9.8.7' ).slice( 1 ) );
	const isUnreleased = read( 'docs/changelog.md' ).includes( ', not released yet\n' );
	expect( parts ).toHaveLength( versionCopies().length + ( isUnreleased ? 1 : 0 ) );
} );
