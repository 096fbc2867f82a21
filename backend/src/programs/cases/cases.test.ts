import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { composed, functionsOf } from '../compose.ts';
import { parseLine } from '../../gateway/mail-log.ts';
import { all } from './all.ts';
import type { Case } from './case.ts';
import { logLines } from './log-grammar.ts';
import { runAll, type Prepared, type Ran } from './sandbox.ts';

const prepared: Prepared[] = all.flatMap( ( { of, cases } ) => {
	const functions = 'program' in of ? functionsOf( of.program ) : composed( of );
	return cases.map( ( example ) => ( { functions, example } ) );
} );

const shells = [ [ 'dash' ], [ 'busybox', 'sh' ] ].filter(
	( [ command = '', ...args ] ) => spawnSync( command, [ ...args, '-c', ':' ] ).status === 0
);

if ( shells.length < 2 ) {
	process.stderr.write( 'dash or busybox is not installed here: the cases run in the other alone.\n' );
}

describe.each( shells )( 'our programs in %s', ( ...shell ) => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-cases-' ) );
	const ran = runAll( shell, prepared, folder );
	afterAll( () => rmSync( folder, { recursive: true } ) );
	test.each( prepared.map( ( { example }, at ) => [ example.name, example, ran[ at ] as Ran ] as const ) )(
		'%s',
		( _name, example, found ) => expectOf( example, found )
	);
} );

test.each( logLines )( '%s is read here as on servers', ( _name, line, read ) => {
	const { service, queueId, text } = parseLine( line ) ?? { service: '', queueId: null, text: '' };
	expect( service === '' ? '' : [ service, queueId ?? '', text ].join( '|' ) ).toBe( read );
} );

test( 'each case has a name of its own', () => {
	const names = prepared.map( ( { example: { name } } ) => name );
	expect( names.filter( ( name, at ) => names.indexOf( name ) !== at ) ).toEqual( [] );
} );

function expectOf( { prints = '', code = 0, leaves = {}, calls }: Case, found: Ran ): void {
	if ( typeof prints === 'string' ) {
		expect( found.stdout + said( found ) ).toBe( prints );
	} else {
		expect( found.stdout ).toMatch( prints );
	}
	expect( found.code ).toBe( code );
	for ( const [ path, content ] of Object.entries( leaves ) ) {
		expect( [ path, contentOf( join( found.root, path ) ) ] ).toEqual( [ path, content ] );
	}
	if ( calls ) {
		expect( found.calls.filter( ( call ) => ! asks.test( call ) ) ).toEqual( calls );
	}
}

/** Commands that change nothing. */
const asks = /^(apt-cache|dpkg-query|dpkg -|getent|postconf|hostname|systemctl (-q )?is-|sleep|sync|df|lsattr|perl -$)/;

/** What the shell itself complained of: a case that goes wrong says so. */
const said = ( { stderr }: Ran ) =>
	stderr
		.split( '\n' )
		.filter( ( line ) => /not found|parameter not set|syntax error|bad /i.test( line ) )
		.join( '\n' );

function contentOf( path: string ): string | null {
	if ( ! existsSync( path ) ) {
		return null;
	}
	return lstatSync( path ).isDirectory() ? '' : readFileSync( path, 'utf8' );
}
