import { describe, expect, test } from '@jest/globals';
import { timeOfLine } from './log-time.ts';
import { eventOf, tlsLineOf } from './mail-events.ts';
import { timeOfQueueId } from './queue-id-time.ts';

const id = '4jdW2W5nLkzs7Y7';
const at = ( daemon: string, text: string ) => `Nov 30 17:18:43 web1 postfix/${ daemon }[7882]: ${ text }`;
const ofMessage = ( daemon: string, text: string ) => eventOf( at( daemon, `${ id }: ${ text }` ) );

describe( 'a line of the mail log', () => {
	test.each( [
		[ 'pickup', 'uid=33 from=<site@example.com>', { kind: 'submitted', uid: 33 } ],
		[
			'pickup',
			'uid=101 from=<a@b.test> orig_id=4jdW2W9999zs7Y8',
			{ kind: 'requeued', formerId: '4jdW2W9999zs7Y8', uid: 101 },
		],
		[ 'pickup', 'uid=33 from=<a> orig_id=4jdW2W9999zs7Y8@b.test>', { kind: 'submitted', uid: 33 } ],
		[ 'smtpd', 'client=localhost[127.0.0.1]', { kind: 'submitted', uid: null } ],
		[
			'smtpd',
			'info: DATA from localhost[127.0.0.1]: uid=1001; from=<a@a.test> to=<b@b.test> proto=ESMTP helo=<uid=0; from=<x>>',
			{ kind: 'submitter', uid: 1001 },
		],
		[
			'smtpd',
			'hold: DATA from localhost[127.0.0.1]: <DATA>: Data command uid=2001; from=<x@y.test> to=<you@example.org> proto=ESMTP helo=<a>',
			{ kind: 'submitter', uid: 2001, held: { recipient: 'you@example.org' } },
		],
		[
			'qmgr',
			'from=<site@example.com>, size=282, nrcpt=1 (queue active)',
			{ kind: 'queued', sender: 'site@example.com', bytes: 282 },
		],
		[ 'qmgr', 'from=<>, size=2600, nrcpt=1 (queue active)', { kind: 'queued', sender: '', bytes: 2600 } ],
		[ 'qmgr', 'from=<a@example.com>, status=expired, returned to sender', { kind: 'expired' } ],
		[ 'qmgr', 'from=<a@example.com>, status=force-expired, returned to sender', { kind: 'expired' } ],
		[ 'qmgr', 'removed', { kind: 'removed', deleted: false } ],
		[ 'postsuper', 'removed', { kind: 'removed', deleted: true } ],
		[ 'postsuper', 'placed on hold', { kind: 'held', recipient: null } ],
		[ 'postsuper', 'released from hold', { kind: 'released' } ],
		[
			'cleanup',
			'hold: header Received: by web1 (Postfix, from userid 1001)??id 4jd from local; from=<a@a.test> to=<b@b.test>',
			{ kind: 'held', recipient: 'b@b.test' },
		],
		[
			'cleanup',
			'info: header From: "Shop <x@forged.test>" <shop@Shop.test> from local; from=<a@a.test>',
			{ kind: 'header_from', domain: 'shop.test' },
		],
	] )( 'of %s: %s', ( daemon, text, event ) => {
		expect( ofMessage( daemon, text ) ).toEqual( { queueId: id, ...event } );
	} );

	test.each( [
		[ 'Shop <shop@sitea.test> from local; from=<x@y.test> to=<a@b.test>', 'sitea.test' ],
		[
			'shop@sitea.test from localhost[127.0.0.1]; from=<x@y.test> to=<a@b.test> proto=ESMTP helo=<z>',
			'sitea.test',
		],
		[ '"a@evil.test> from " <shop@sitea.test> from local; from=<x@y.test>', 'sitea.test' ],
	] )( 'tells the domain of %s', ( text, domain ) => {
		expect( ofMessage( 'cleanup', `info: header From: ${ text }` ) ).toEqual( {
			queueId: id,
			kind: 'header_from',
			domain,
		} );
	} );

	test( 'tells of the notice that it wrote', () => {
		expect( ofMessage( 'bounce', 'sender non-delivery notification: 4jdW2X0CwBzs7YC' ) ).toEqual( {
			queueId: '4jdW2X0CwBzs7YC',
			kind: 'notice',
		} );
	} );

	test( 'tells of a try', () => {
		expect(
			ofMessage(
				'smtp',
				'to=<a@b.test>, orig_to=<root>, relay=p[192.0.2.1]:587, delay=0.5, delays=0/0/0/0, dsn=4.7.1, status=deferred (host p[192.0.2.1] said: 450 4.7.1 Greylisted (in reply to RCPT TO command))'
			)
		).toMatchObject( { kind: 'tried', recipient: 'a@b.test', delivery: { status: 'deferred', dsn: '4.7.1' } } );
	} );

	test.each( [
		[ 'cleanup', `message-id=<x: uid=0 from=<a>@y>` ],
		[ 'cleanup', 'warning: header Subject: hold: removed from local' ],
		[ 'pickup', 'uid=x from=<a>' ],
		[ 'qmgr', 'removed by somebody' ],
		[ 'smtp', 'to=<a@b.test>, relay=none' ],
	] )( 'of %s that says nothing we ask for: %s', ( daemon, text ) => {
		expect( ofMessage( daemon, text ) ).toBeNull();
	} );

	test( 'tells of a TLS connection', () => {
		const line = at(
			'smtp',
			'Verified TLS connection reused to p.example[192.0.2.1]:587: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)'
		);
		expect( tlsLineOf( line ) ).toEqual( { place: '[192.0.2.1]:587', version: 'TLSv1.3' } );
	} );
} );

describe( 'the time', () => {
	test( 'of a message stands in its long queue id', () => {
		expect( new Date( timeOfQueueId( id ) ?? 0 ).toISOString() ).toBe( '2026-11-30T17:18:43.814Z' );
		expect( timeOfQueueId( 'ABCDEF0123' ) ).toBeNull();
	} );

	test.each( [
		[ 'Nov 30 17:18:43 ', '2026-11-30T17:20:00Z', 0, '2026-11-30T17:18:43.000Z' ],
		[ 'Dec 31 23:59:59 ', '2027-01-01T00:00:10Z', 0, '2026-12-31T23:59:59.000Z' ],
		[ 'Jan  1 00:10:00 ', '2026-12-31T23:20:00Z', 60, '2026-12-31T23:10:00.000Z' ],
		[ 'Nov 30 17:18:43 ', '2026-11-30T15:20:00Z', 120, '2026-11-30T15:18:43.000Z' ],
	] )( 'of a line %s read at %s, %i minutes ahead of UTC', ( line, now, aheadMinutes, found ) => {
		const time = timeOfLine( line, { atMs: Date.parse( now ), aheadMinutes } );
		expect( new Date( time ?? 0 ).toISOString() ).toBe( found );
	} );

	test( 'is not that of another year where the clock of the server was set back by some days', () => {
		const now = Date.parse( '2026-11-20T08:00:00Z' );
		const line = 'Nov 30 17:18:43 ';
		const found = [
			{ atMs: now, aheadMinutes: 0 },
			{ atMs: now, aheadMinutes: 0, oursMs: now + 5000 },
		].map( ( clock ) => new Date( timeOfLine( line, clock ) ?? 0 ).toISOString() );
		expect( found ).toEqual( [ '2026-11-30T17:18:43.000Z', '2026-11-20T08:00:05.000Z' ] );
	} );

	test( 'of a line that has none is none', () => {
		expect( timeOfLine( 'garbage', { atMs: 0, aheadMinutes: 0 } ) ).toBeNull();
	} );
} );
