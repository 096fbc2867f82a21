import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { programs } from './compose.ts';

const all = Object.entries( programs );
const folder = new URL( './lib/', import.meta.url );
const library = readdirSync( folder ).map( ( name ) => readFileSync( new URL( name, folder ), 'utf8' ) );
const definition = /^([a-z_]+)\(\) /gm;
const definedIn = ( text: string ) => [ ...text.matchAll( definition ) ].map( ( [ , name = '' ] ) => name );

/** Where a command may begin. */
const begins = String.raw`(?:^|[;&|({!]|\bif|\bthen|\belse|\bdo|\buntil|\bwhile)[ \t]*(?:! )?`;

describe( 'each program that is sent to a server', () => {
	test.each( all )( '%s defines what it calls of our functions, each once', ( _name, text ) => {
		const defined = definedIn( text );
		expect( defined.filter( ( name, at ) => defined.indexOf( name ) !== at ) ).toEqual( [] );
		const called = library
			.flatMap( definedIn )
			.filter( ( name ) => new RegExp( `${ begins }${ name }(?![\\w()=])`, 'm' ).test( text ) );
		expect( called.filter( ( name ) => ! defined.includes( name ) ) ).toEqual( [] );
	} );

	test.each( all )( '%s has no comment in it, and ends with its call of main', ( _name, text ) => {
		expect( text ).not.toMatch( /^\s*#/m );
		expect( text ).toMatch( /\nmain( "\$@")?\n$/ );
		expect( text ).not.toContain( '@head@' );
	} );
} );

test( 'a look calls nothing that changes a server', () => {
	const changing = [ 'rm', 'mv', 'cp', 'ln', 'mkdir', 'touch', 'chmod', 'chown', 'sync', 'kill', 'tee', 'exec' ];
	const words = new RegExp( `${ begins }(${ changing.join( '|' ) })\\b`, 'm' );
	expect( programs.facts ).not.toMatch( words );
	expect( programs.facts ).not.toMatch( /systemctl (-q )?(?!-q|is-)\w/ );
	expect( programs.facts.replace( /2?>\/dev\/null|>&2/g, '' ) ).not.toMatch( /^[^']*[^-=<]>>?["$/\w]/m );
} );
