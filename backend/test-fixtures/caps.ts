// Only for tests: the real program over a log as Postfix writes it; commands only say how they were called.
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from '@jest/globals';
import { renderCaps, type Cap } from '../src/gateway/caps.ts';
import { noRoutes } from '../src/gateway/routes.ts';

let folder = '';
let numbered = 0;
export const at = ( path: string ) => join( folder, path );
export const log = () => at( 'var/log/email-gateway/mail.log' );
export const limits = ( hour: number | null, day: number | null = null, refused: number | null = null ): Cap[] => [
	{ uid: null, limits: { hour, day, refused } },
	{ uid: 2009, limits: null },
];

beforeEach( () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-caps-' ) );
	numbered = 0;
	for ( const path of [
		'bin',
		'run',
		'proc/100',
		'var/spool/postfix/pid',
		'var/log/email-gateway',
		'var/lib/email-gateway',
	] ) {
		mkdirSync( at( path ), { recursive: true } );
	}
	writeFileSync( at( 'var/lib/email-gateway/marker' ), '' );
	writeFileSync( log(), '' );
	reloaded( 100 );
	for ( const name of [ 'postsuper', 'postfix', 'postkick' ] ) {
		const ids = name === 'postsuper' ? ' $(tr "\\n" " ")' : '';
		writeFileSync( at( `bin/${ name }` ), `#!/bin/sh\necho ${ name } $*${ ids } >>${ at( 'calls' ) }\n` );
		chmodSync( at( `bin/${ name }` ), 0o755 );
	}
} );
afterEach( () => rmSync( folder, { recursive: true } ) );

export function reloaded( process: number ) {
	writeFileSync( at( 'var/spool/postfix/pid/master.pid' ), '       7\n' );
	writeFileSync( at( 'proc/100/stat' ), `${ process } (qmgr) S 7 7 7\n` );
}
/** What it did, a command a line; `uid`s whose mail is held at the door. */
export function look( caps: Cap[], ...more: string[] ) {
	writeFileSync( at( 'calls' ), '' );
	writeFileSync( at( 'caps' ), renderCaps( { caps, routes: noRoutes } ) );
	const env = { ...process.env, EMAIL_GATEWAY_ROOT: folder };
	const { stderr } = spawnSync( 'sh', [ at( 'caps' ), ...( more.length ? more : [ 'once' ] ) ], {
		env,
		encoding: 'utf8',
	} );
	expect( stderr ).toBe( '' );
	const door = readFileSync( at( 'var/lib/email-gateway-caps/at-door' ), 'utf8' ).trim();
	return { did: readFileSync( at( 'calls' ), 'utf8' ).trim().split( '\n' ).filter( Boolean ), door };
}
export const line = ( text: string ) => appendFileSync( log(), `Nov 30 12:00:00 web1 postfix/${ text }\n` );
export const nextId = () => `4QXY${ String( ++numbered ).padStart( 6, '0' ) }`;
export const takes = ( uid: number, id = nextId() ) => (
	line( `pickup[7]: ${ id }: uid=${ uid } from=<a@b.test>` ), id
);
export const queues = ( id: string, recipients = 1 ) =>
	line( `qmgr[7]: ${ id }: from=<a@b.test>, size=300, nrcpt=${ recipients } (queue active)` );
export const ends = ( id: string, status = 'sent' ) =>
	line(
		`smtp[7]: ${ id }: to=<c@d.test>, relay=p.test[192.0.2.1]:587, delay=1, delays=0/0/0/1, dsn=2.0.0, status=${ status } (250 ok)`
	);
export function sends( uid: number, count: number, { recipients = 1, status = '' } = {} ): string[] {
	return Array.from( { length: count }, () => {
		const id = takes( uid );
		queues( id, recipients );
		if ( status ) {
			ends( id, status );
			line( `qmgr[7]: ${ id }: removed` );
		}
		return id;
	} );
}
export const user = ( uid: number ) =>
	readFileSync( at( 'var/lib/email-gateway-caps/state' ), 'utf8' )
		.split( '\n' )
		.find( ( known ) => known.startsWith( `u ${ uid } ` ) )
		?.split( ' ' ) ?? [];
