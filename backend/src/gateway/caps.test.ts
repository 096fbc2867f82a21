import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
	at,
	ends,
	limits,
	line,
	log,
	look,
	nextId,
	queues,
	reloaded,
	sends,
	takes,
	user,
} from '../../test-fixtures/caps.ts';

test( 'what is above the hour’s cap is held, in the order in which it came, and the next at the door', () => {
	look( limits( 20 ) );
	const ids = sends( 2001, 25 );
	sends( 2002, 19 );
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
	sends( 2001, 4 );
	expect( look( limits( 5 ) ).did ).toEqual( [] );
} );

test( 'who has used up the cap is held at the door: not one more leaves', () => {
	look( limits( 1 ) );
	sends( 2001, 1, { status: 'sent' } );
	expect( look( limits( 1 ) ) ).toEqual( { did: [ 'postfix reload' ], door: '2001' } );
	expect( user( 2001 )[ 10 ] ).toBe( '-' );
	const id = takes( 2001 );
	line( `cleanup[7]: ${ id }: hold: header Received: by web1 (Postfix, from userid 2001)?id x: held by its cap` );
	reloaded( 101 );
	expect( look( limits( 1 ) ) ).toEqual( { did: [], door: '2001' } );
	expect( user( 2001 ).slice( 10, 15 ) ).toEqual( [ 'hour', expect.any( String ), '1', id, 'hour' ] );
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

test( 'what is queued again is no new message, and nobody but Postfix can say that one is', () => {
	writeFileSync( at( 'bin/id' ), '#!/bin/sh\necho 101\n', { mode: 0o755 } );
	look( limits( 5 ) );
	const [ id ] = sends( 2001, 4 );
	line( `pickup[7]: ${ nextId() }: uid=101 from=<a@b.test> orig_id=${ id }` );
	expect( look( limits( 5 ) ).door ).toBe( '' );
	// the last as Postfix cuts it
	for ( const sender of [ '<"a> orig_id=4QXY000001"@b.test>', '<"a orig_id=x>', '<"a> orig_id=4QXY000002' ] ) {
		const forged = nextId();
		line( `pickup[7]: ${ forged }: uid=2002 from=${ sender }` );
		queues( forged, 2 );
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
