import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { renderCaps, type Cap } from './caps.ts';
import { noRoutes } from './routes.ts';

// the real program over a log as Postfix writes it; commands only say how they were called
let folder = '';
let numbered = 0;
const at = ( path: string ) => join( folder, path );
const log = () => at( 'var/log/email-gateway/mail.log' );
const limits = ( hour: number | null, day: number | null = null, refused: number | null = null ): Cap[] => [
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

function reloaded( process: number ) {
	writeFileSync( at( 'var/spool/postfix/pid/master.pid' ), '       7\n' );
	writeFileSync( at( 'proc/100/stat' ), `${ process } (qmgr) S 7 7 7\n` );
}
/** What it did, a command a line; `uid`s whose mail is held at the door. */
function look( caps: Cap[], ...more: string[] ) {
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
const line = ( text: string ) => appendFileSync( log(), `Nov 30 12:00:00 web1 postfix/${ text }\n` );
const nextId = () => `4QXY${ String( ++numbered ).padStart( 6, '0' ) }`;
const takes = ( uid: number, id = nextId() ) => ( line( `pickup[7]: ${ id }: uid=${ uid } from=<a@b.test>` ), id );
const queues = ( id: string, recipients = 1 ) =>
	line( `qmgr[7]: ${ id }: from=<a@b.test>, size=300, nrcpt=${ recipients } (queue active)` );
const ends = ( id: string, status = 'sent' ) =>
	line(
		`smtp[7]: ${ id }: to=<c@d.test>, relay=p.test[192.0.2.1]:587, delay=1, delays=0/0/0/1, dsn=2.0.0, status=${ status } (250 ok)`
	);
function sends( uid: number, count: number, { recipients = 1, status = '' } = {} ): string[] {
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
const user = ( uid: number ) =>
	readFileSync( at( 'var/lib/email-gateway-caps/state' ), 'utf8' )
		.split( '\n' )
		.find( ( known ) => known.startsWith( `u ${ uid } ` ) )
		?.split( ' ' ) ?? [];

test( 'what is above the hour’s cap is held, in the order in which it came, and the next at the door', () => {
	look( limits( 20 ) );
	const ids = sends( 2001, 25 );
	sends( 2002, 20 );
	sends( 2009, 30 );
	const { did, door } = look( limits( 20 ) );
	expect( did ).toEqual( [ `postsuper -h - ${ ids.slice( 20 ).join( ' ' ) }`, 'postfix reload' ] );
	expect( door ).toBe( '2001' );
	expect( readFileSync( at( 'var/lib/email-gateway-caps/header_checks' ), 'utf8' ) ).toBe(
		'/^Received: by [^ ]+ \\(Postfix, from userid 2001\\)/ HOLD held by its cap\n'
	);
	// nothing is done twice, and what was held is told with the first of it
	expect( look( limits( 20 ) ).did ).toEqual( [] );
	expect( user( 2001 ).slice( 10, 15 ) ).toEqual( [ 'hour', expect.any( String ), '5', ids[ 20 ], 'hour' ] );
	// one was on its way out
	line( `postsuper[7]: ${ ids[ 21 ] }: placed on hold` );
	ends( ids[ 21 ] ?? '' );
	look( limits( 20 ) );
	expect( [ user( 2001 )[ 3 ], user( 2001 )[ 12 ] ] ).toEqual( [ '21', '4' ] );
} );

test( 'recipients count, not messages', () => {
	look( limits( 100, 150 ) );
	sends( 2001, 2, { recipients: 40, status: 'sent' } );
	const [ left = '', ...stay ] = sends( 2001, 3, { recipients: 40 } );
	// one that was gone before anybody looked is told as let through
	ends( left );
	expect( look( limits( 100, 150 ) ).did[ 0 ] ).toBe( `postsuper -h - ${ [ left, ...stay ].join( ' ' ) }` );
	expect( user( 2001 )[ 3 ] ).toBe( '81' );
} );

test( 'mail of a user of whose mail too much is refused is held, what waits in the queue, too', () => {
	look( limits( null, null, 20 ) );
	sends( 2001, 30, { status: 'sent' } );
	sends( 2001, 9, { status: 'bounced' } );
	const [ waiting = '' ] = sends( 2001, 1 );
	expect( look( limits( null, null, 20 ) ).did ).toEqual( [] );
	sends( 2001, 1, { status: 'bounced' } );
	expect( look( limits( null, null, 20 ) ) ).toEqual( {
		did: [ `postsuper -h - ${ waiting }`, 'postfix reload' ],
		door: '2001',
	} );
} );

test( 'a flood is let go at the pace of the provider, once a queue manager is there that knows nothing of it', () => {
	look( limits( 1000 ) );
	const ids = sends( 2001, 200 );
	expect( look( limits( 1000 ) ).did ).toEqual( [
		`postsuper -h - ${ ids.slice( 50 ).join( ' ' ) }`,
		'postfix reload',
	] );
	expect( look( limits( 1000 ) ).did ).toEqual( [] );
	reloaded( 101 );
	ids.slice( 0, 50 ).forEach( ( id ) => ends( id ) );
	// half as much again as was taken since
	expect( look( limits( 1000 ) ).did ).toEqual( [
		`postsuper -H - ${ ids.slice( 50, 125 ).join( ' ' ) }`,
		'postkick public qmgr D',
	] );
	// what comes by the door meanwhile waits for its turn; what another rule holds is nobody's to let go
	const id = takes( 2001 );
	const text = 'hold: header Received: by web1 (Postfix, from userid 2001)?id x; now from local; from=<a@b.test>';
	line( `cleanup[7]: ${ id }: ${ text }: held by its cap` );
	line( `cleanup[7]: ${ takes( 2001 ) }: ${ text }` );
	ids.slice( 50, 125 ).forEach( ( one ) => ( queues( one ), ends( one ) ) );
	expect( look( limits( 1000 ) ).did[ 0 ] ).toBe( `postsuper -H - ${ [ ...ids.slice( 125 ), id ].join( ' ' ) }` );
} );

test( 'a person lets a user send again, who is counted anew', () => {
	look( limits( 5 ) );
	sends( 2001, 6 );
	expect( look( limits( 5 ) ).door ).toBe( '2001' );
	look( limits( 5 ), 'resume', '2001' );
	expect( look( limits( 5 ) ) ).toEqual( { did: [ 'postfix reload' ], door: '' } );
	sends( 2001, 5 );
	expect( look( limits( 5 ) ).did ).toEqual( [] );
} );

test( 'mail of a paused user is left alone, and so is what comes by SMTP from one without a cap', () => {
	look( limits( 5 ) );
	mkdirSync( at( 'usr/local/sbin' ), { recursive: true } );
	writeFileSync( at( 'usr/local/sbin/email-gateway-submitter' ), '#!/bin/sh\n# paused: 2001:hold\n' );
	sends( 2001, 10 );
	for ( const uid of [ 2002, 2009 ] ) {
		for ( let n = 0; n < 6; n++ ) {
			const id = nextId();
			line(
				`smtpd[7]: ${ id }: info: DATA from localhost[127.0.0.1]: <DATA>: Data command uid=${ uid }; from=<a@b.test> to=<c@d.test>`
			);
			queues( id );
		}
	}
	expect( look( limits( 5 ) ).door ).toBe( '2002' );
} );

test( 'a log that was rotated is read to its end, and half a line the next time', () => {
	look( limits( 5 ) );
	sends( 2001, 3 );
	const rest =
		'Nov 30 12:00:00 web1 postfix/qmgr[7]: 4QXY000009: from=<a@b.test>, size=300, nrcpt=3 (queue active)\n';
	takes( 2001, '4QXY000009' );
	appendFileSync( log(), rest.slice( 0, 40 ) );
	expect( look( limits( 5 ) ).door ).toBe( '' );
	appendFileSync( log(), rest.slice( 40 ) );
	spawnSync( 'mv', [ log(), `${ log() }.1` ] );
	writeFileSync( log(), '' );
	expect( look( limits( 5 ) ).door ).toBe( '2001' );
	const [ id ] = sends( 2002, 6 ).slice( -1 );
	expect( look( limits( 5 ) ).did[ 0 ] ).toBe( `postsuper -h - ${ id }` );
} );
