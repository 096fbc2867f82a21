import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringsOfPhp } from './pot-php.ts';
import { stringsOfScript } from './pot-script.ts';
import { potOf } from './pot.ts';

let plugin: string;
beforeAll( async () => {
	plugin = await mkdtemp( join( tmpdir(), 'pot-' ) );
	await mkdir( join( plugin, 'build' ) );
} );
afterAll( () => rm( plugin, { recursive: true } ) );

test.each( [
	[ `__( 'Open it', 'email-gateway' )`, { text: 'Open it' } ],
	[ `(0,r._x)("Open","link","email-gateway")`, { text: 'Open', context: 'link' } ],
	[ `i18n._n( '%s server', '%s servers', n, 'email-gateway' )`, { text: '%s server', plural: '%s servers' } ],
	[
		`sprintf( /* translators: %s: a host */ __( 'On %s', 'email-gateway' ), host )`,
		{ text: 'On %s', comment: 'translators: %s: a host' },
	],
	[ '__(`Say "no"`, \'email-gateway\')', { text: 'Say "no"' } ],
] )( 'a script: %s', ( source, found ) => {
	expect( stringsOfScript( source ) ).toEqual( [ found ] );
} );

test( 'a script: texts of others are not ours, and a comment belongs to the text that follows it', () => {
	const source = `__( 'Theirs' ); f( /* translators: first */ __( 'A', 'email-gateway' ), __( 'B', 'email-gateway' ) )`;
	expect( stringsOfScript( source ) ).toEqual( [ { text: 'A', comment: 'translators: first' }, { text: 'B' } ] );
} );

test( 'a script: a text that is put together at run time is refused', () => {
	expect( () => stringsOfScript( `__( 'On ' + host, 'email-gateway' )` ) ).toThrow( 'not written out' );
} );

test.each( [
	[ `esc_html__( 'It\\'s on', 'email-gateway' )`, { text: `It's on` } ],
	[ `esc_html_x( 'Open', 'link', 'email-gateway' )`, { text: 'Open', context: 'link' } ],
	[
		`/* translators: %s: number */\n_n( '%s server', '%s servers', (int) $counts['all'], 'email-gateway' )`,
		{ text: '%s server', plural: '%s servers', comment: 'translators: %s: number' },
	],
] )( 'PHP: %s', ( source, found ) => {
	expect( stringsOfPhp( source ) ).toEqual( [ found ] );
} );

test( 'the template has each text once, with its contexts and places', async () => {
	await writeFile(
		join( plugin, 'plugin.php' ),
		`<?php __( 'Host', 'email-gateway' ); _x( 'Host', 'column', 'email-gateway' );`
	);
	await writeFile(
		join( plugin, 'build', 'a.js' ),
		`__("Host","email-gateway"),_n("%s day","%s days",2,"email-gateway")`
	);
	const pot = await potOf( plugin, '1.2.3' );
	expect( pot ).toContain( '"Project-Id-Version: Email Gateway 1.2.3\\n"' );
	expect( pot ).toContain( '#: build/a.js\n#: plugin.php\nmsgid "Host"\nmsgstr ""\n' );
	expect( pot ).toContain( '#: plugin.php\nmsgctxt "column"\nmsgid "Host"\n' );
	expect( pot ).toContain( '#, php-format\nmsgid "%s day"\nmsgid_plural "%s days"\nmsgstr[0] ""\n' );
} );
