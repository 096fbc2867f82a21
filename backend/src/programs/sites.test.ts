import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { foundSite } from '../gateway/facts.ts';
import { composed } from './compose.ts';
import { parseSite } from './sites.ts';

// the real program with the real perl, on a folder in place of a server
let root = '';
beforeEach( () => {
	root = mkdtempSync( join( tmpdir(), 'email-gateway-sites-' ) );
} );
afterEach( () => rmSync( root, { recursive: true } ) );

const write = ( path: string, text: string ) => {
	mkdirSync( join( root, dirname( path ) ), { recursive: true } );
	writeFileSync( join( root, path ), text );
};
const config = ( path: string, text = '' ) => write( `${ path }/wp-config.php`, `<?php\n${ text }\n` );
const define = ( name: string, value: string ) => `define( '${ name }', '${ value }' );`;

function run() {
	const program = `${ composed( [ 'sites' ] ).replace( /^root=$/m, `root=${ root }` ) }\nsites`;
	const { stdout } = spawnSync( 'sh', { input: program, encoding: 'utf8' } );
	const lines = stdout.split( '\n' ).filter( Boolean );
	return {
		stdout,
		leftOut: lines.includes( 'sites_left_out yes' ),
		sites: lines
			.filter( ( line ) => line.startsWith( 'site ' ) )
			.map( ( line ) => foundSite.parse( parseSite( line.slice( 5 ) ) ) ),
	};
}
const told = () => run().sites.map( ( { folder, domain, environment } ) => [ folder, domain, environment ] );

describe( 'the sites of a server', () => {
	test( 'are found where panels put them, with what wp-config.php says as text', () => {
		config( '/var/www/shop.test/html', define( 'WP_HOME', 'https://WWW.Shop.test/de' ) );
		config( '/var/www/html', define( 'WP_ENVIRONMENT_TYPE', 'staging' ) );
		config( '/home/ann/web/blog.test/public_html', 'define("WP_ENVIRONMENT_TYPE", "local");' );
		config( '/srv/www/club.test' );
		config( '/sites/a.test/files' );

		expect( told() ).toEqual( [
			[ '/home/ann/web/blog.test/public_html', 'blog.test', 'local' ],
			[ '/sites/a.test/files', 'a.test', null ],
			[ '/srv/www/club.test', 'club.test', null ],
			[ '/var/www/html', null, 'staging' ],
			[ '/var/www/shop.test/html', 'www.shop.test', null ],
		] );
		expect( run().leftOut ).toBe( false );
	} );

	test( 'belong to the Unix user of their folder', () => {
		config( '/var/www/a.test' );
		expect( run().sites[ 0 ]?.uid ).toBe( process.getuid?.() );
	} );

	test( 'say nothing in a comment, and no word that is not one of the four', () => {
		config( '/var/www/a.test', `/* ${ define( 'WP_ENVIRONMENT_TYPE', 'staging' ) } */` );
		config( '/var/www/b.test', `// ${ define( 'WP_ENVIRONMENT_TYPE', 'staging' ) }` );
		config( '/var/www/c.test', define( 'WP_ENVIRONMENT_TYPE', 'production; reboot' ) );
		expect( told().map( ( [ , , environment ] ) => environment ) ).toEqual( [ null, null, null ] );
	} );

	test( 'are reached through no link, and what a link leads to is not read', () => {
		write( '/etc/secret', define( 'WP_ENVIRONMENT_TYPE', 'staging' ) );
		config( '/opt/elsewhere' );
		mkdirSync( join( root, '/var/www/evil.test' ), { recursive: true } );
		symlinkSync( join( root, '/opt/elsewhere' ), join( root, '/var/www/linked.test' ) );
		symlinkSync( join( root, '/etc/secret' ), join( root, '/var/www/evil.test/wp-config.php' ) );
		expect( told() ).toEqual( [ [ '/var/www/evil.test', 'evil.test', null ] ] );
	} );

	test( 'cannot hold up a look: a pipe is not read, a folder is no file', () => {
		mkdirSync( join( root, '/var/www/pipe.test' ), { recursive: true } );
		mkdirSync( join( root, '/var/www/folder.test/wp-config.php' ), { recursive: true } );
		spawnSync( 'mkfifo', [ join( root, '/var/www/pipe.test/wp-config.php' ) ] );
		expect( told() ).toEqual( [] );
	} );

	test( 'cannot become another user’s by a hard link to a file of theirs', () => {
		config( '/var/www/a.test' );
		mkdirSync( join( root, '/var/www/b.test' ) );
		linkSync( join( root, '/var/www/a.test/wp-config.php' ), join( root, '/var/www/b.test/wp-config.php' ) );
		expect( run().sites.map( ( { uid } ) => uid ) ).toEqual( [ process.getuid?.(), process.getuid?.() ] );
	} );

	test( 'with hostile names stay one line and harmless text', () => {
		const names = [
			'a\nend\nfacts 1',
			'$(reboot)`id`;|&',
			'quote\' " \\',
			'\u202egpj.exe',
			'\u001b[31mred',
			'-rf',
			' *',
		];
		names.forEach( ( name ) => config( `/var/www/${ name }` ) );
		write( Buffer.from( '/var/www/x', 'latin1' ).toString(), '' );
		const { stdout, sites } = run();
		expect( stdout.trimEnd().split( '\n' ) ).toHaveLength( names.length );
		expect( stdout ).toMatch( /^(site \d+ \S+ \S+ \S+ \S+\n)+$/ );
		expect( stdout ).toMatch( /^[\x20-\x7e\n]*$/ );
		expect( sites.map( ( { folder } ) => folder.slice( 9 ) ).sort() ).toEqual(
			[ 'aendfacts 1', '$(reboot)`id`;|&', 'quote\' " \\', 'gpj.exe', '[31mred', '-rf', ' *' ].sort()
		);
	} );

	test( 'are bounded: 200 on a server, and what one folder holds takes nothing from the others', () => {
		for ( let number = 0; number < 230; number++ ) {
			config( `/var/www/site-${ String( number ).padStart( 3, '0' ) }.example.test/html` );
		}
		for ( let number = 0; number < 600; number++ ) {
			mkdirSync( join( root, `/home/evil/${ number }` ), { recursive: true } );
		}
		config( '/home/good/public_html' );
		const { stdout, sites, leftOut } = run();
		expect( sites ).toHaveLength( 200 );
		expect( sites[ 0 ]?.folder ).toBe( '/home/good/public_html' );
		expect( leftOut ).toBe( true );
		expect( stdout.length ).toBeLessThan( 32_000 );
	} );
} );
