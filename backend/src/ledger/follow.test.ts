import { describe, expect, test } from '@jest/globals';
import type { Mail } from './mail.ts';
import { followPiece, readPiece } from './read-piece.ts';
import { countChanges } from './counts.ts';
import { clock, id, line, sent, deferred, bounced, whole } from './test-lines.ts';

/** Follows pieces one after the other, as they are read from the database and written to it. */
function play( ...pieces: string[][] ): Mail[] {
	const known = new Map< string, Mail >();
	let tls = {};
	for ( const lines of pieces ) {
		const read = readPiece( lines, clock, tls );
		followPiece( read, known ).forEach( ( mail ) => known.set( mail.queueId, mail ) );
		tls = read.tls;
	}
	return [ ...known.values() ];
}

const outcomes = ( [ mail ]: Mail[] ) => mail?.recipients.map( ( { recipient, outcome } ) => [ recipient, outcome ] );

describe( 'one message', () => {
	test( 'is told from submission to reply', () => {
		expect( play( whole ) ).toEqual( [
			{
				queueId: id,
				at: Date.parse( '2026-11-30T17:18:43.814Z' ),
				origin: 'sendmail',
				uid: 1001,
				sender: 'shop@a.test',
				fromDomain: null,
				bytes: 282,
				recipients: [
					expect.objectContaining( {
						recipient: 'one@b.test',
						outcome: 'accepted',
						cause: null,
						dsn: '2.0.0',
						reply: '250 2.0.0 Ok: queued',
						relay: 'p.example[192.0.2.1]:587',
						tls: 'TLSv1.3',
						tries: 1,
						delayMs: 1500,
					} ),
					expect.objectContaining( { recipient: 'two@b.test', outcome: 'accepted', tries: 2 } ),
				],
			},
		] );
	} );

	test( 'is of no later than when it was read, however far ahead the clock of its server is', () => {
		for ( const aheadMs of [ 3_600_000, 3 * 86_400_000, 90 * 86_400_000 ] ) {
			const oursMs = clock.atMs - aheadMs;
			const [ mail ] = followPiece( readPiece( whole, { ...clock, oursMs } ), new Map() );
			expect( mail?.at ).toBe( Math.min( oursMs, Date.parse( '2026-11-30T17:18:43.814Z' ) ) );
		}
	} );

	test( 'is the same wherever the log is cut into pieces', () => {
		for ( let cut = 1; cut < whole.length; cut++ ) {
			expect( play( whole.slice( 0, cut ), whole.slice( cut ) ) ).toEqual( play( whole ) );
		}
	} );

	test.each( [
		[ 'waits', [ line( 'smtp', deferred( 'a@b.test' ) ) ], 'a@b.test', 'waiting' ],
		[ 'was refused', [ line( 'smtp', bounced( 'a@b.test' ) ), line( 'qmgr', 'removed' ) ], 'a@b.test', 'refused' ],
		[
			'waited too long',
			[
				line( 'smtp', deferred( 'a@b.test' ) ),
				line( 'qmgr', 'from=<a>, status=expired, returned to sender' ),
				line( 'qmgr', 'removed' ),
			],
			'a@b.test',
			'expired',
		],
		[
			'was deleted',
			[ line( 'smtp', deferred( 'a@b.test' ) ), line( 'postsuper', 'removed' ) ],
			'a@b.test',
			'deleted',
		],
		[
			'is held',
			[ line( 'cleanup', 'hold: header x from local; from=<a@a.test> to=<a@b.test>' ) ],
			'a@b.test',
			'held',
		],
		[
			'was released',
			[
				line( 'smtp', deferred( 'a@b.test' ) ),
				line( 'postsuper', 'placed on hold' ),
				line( 'postsuper', 'released from hold' ),
			],
			'a@b.test',
			'waiting',
		],
		[
			'was thrown away',
			[ line( 'discard', 'to=<a@b.test>, relay=none, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (x)' ) ],
			'a@b.test',
			'discarded',
		],
		[
			'is gone, and its tries are in a part that is missing',
			[ line( 'pickup', 'uid=1 from=<a>' ), line( 'qmgr', 'removed' ) ],
			null,
			'unknown',
		],
	] )( '%s', ( _what, lines, recipient, outcome ) => {
		expect( outcomes( play( lines ) ) ).toEqual( [ [ recipient, outcome ] ] );
	} );

	test( 'of which only the end was read is none', () => {
		expect( play( [ line( 'qmgr', 'removed' ) ] ) ).toEqual( [] );
	} );

	test( 'that came by SMTP has the user whom the kernel told, and is held where that one is paused', () => {
		const policy = ( how: string ) =>
			line(
				'smtpd',
				`${ how }: DATA from localhost[127.0.0.1]: ${
					how === 'hold' ? '<DATA>: Data command ' : ''
				}uid=2001; from=<a> to=<a@b.test> proto=ESMTP helo=<x>`
			);
		const came = line( 'smtpd', 'client=localhost[127.0.0.1]' );
		const [ taken ] = play( [ came, policy( 'info' ), line( 'smtp', sent( 'a@b.test' ) ) ] );
		expect( taken ).toMatchObject( { origin: 'smtp', uid: 2001 } );
		const [ kept ] = play( [ came, policy( 'hold' ) ] );
		expect( kept ).toMatchObject( { origin: 'smtp', uid: 2001, recipients: [ { outcome: 'held' } ] } );
	} );

	test( 'that the mail system wrote is a notice', () => {
		const [ notice ] = play( [
			line( 'qmgr', 'from=<>, size=2, nrcpt=1 (queue active)', '4jdW2X0CwBzs7YC' ),
			line( 'bounce', 'sender non-delivery notification: 4jdW2X0CwBzs7YC' ),
		] );
		expect( notice ).toMatchObject( { origin: 'notice', sender: '', uid: null } );
	} );

	test( 'to the postmaster about a notice or a session is one, too, whose writing no line tells', () => {
		const [ notice ] = play( [
			line( 'qmgr', 'from=<double-bounce@web1.example.com>, size=2, nrcpt=1 (queue active)', '4jdW2X0CwBzs7YC' ),
		] );
		expect( notice ).toMatchObject( { origin: 'notice', uid: null } );
	} );

	test( 'keeps its own where a short id is used again', () => {
		const short = [
			line( 'pickup', 'uid=1001 from=<a>', 'ABCDEF012' ),
			line( 'smtp', sent( 'one@b.test' ), 'ABCDEF012' ),
		];
		const again = [
			line( 'pickup', 'uid=1002 from=<a>', 'ABCDEF012' ),
			line( 'smtp', sent( 'two@b.test' ), 'ABCDEF012' ),
		];
		for ( const mails of [ play( short, again ), play( [ ...short, ...again ] ) ] ) {
			expect( mails.map( ( { uid, recipients } ) => [ uid, recipients[ 0 ]?.recipient ] ).sort() ).toEqual( [
				[ 1001, 'one@b.test' ],
				[ 1002, 'two@b.test' ],
			] );
		}
	} );
} );

describe( 'a message that came by SMTP', () => {
	const client = line( 'smtpd', 'client=localhost[127.0.0.1]' );
	const data = line( 'smtpd', 'info: DATA from localhost[127.0.0.1]: uid=1002; from=<a@b.test> to=<c@d.test>' );

	test( 'is of the user whom the kernel named, wherever the log is cut', () => {
		for ( const pieces of [ [ [ client, data ] ], [ [ client ], [ data ] ], [ [ data ] ] ] ) {
			expect( play( ...pieces ) ).toMatchObject( [ { origin: 'smtp', uid: 1002 } ] );
		}
	} );

	test( 'is of nobody known without that', () => {
		expect( play( [ client ] ) ).toMatchObject( [ { origin: 'smtp', uid: null } ] );
	} );
} );

describe( 'the counts', () => {
	test( 'of an outcome that changes go from one to the other', () => {
		const before = play( [ line( 'pickup', 'uid=1001 from=<a>' ), line( 'smtp', deferred( 'a@b.test' ) ) ] );
		const after = play( [ line( 'pickup', 'uid=1001 from=<a>' ), line( 'smtp', sent( 'a@b.test' ) ) ] );
		const hour = Date.UTC( 2026, 10, 30, 17 );
		const day = Date.UTC( 2026, 10, 30 );
		expect( countChanges( before, after ) ).toEqual( [
			{ per: 'hour', at: hour, uid: 1001, outcome: 'waiting', messages: -1 },
			{ per: 'day', at: day, uid: 1001, outcome: 'waiting', messages: -1 },
			{ per: 'hour', at: hour, uid: 1001, outcome: 'accepted', messages: 1 },
			{ per: 'day', at: day, uid: 1001, outcome: 'accepted', messages: 1 },
		] );
	} );
} );
