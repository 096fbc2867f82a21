import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hostileText } from '../../test-fixtures/hostile-text.ts';
import { readTestResult } from './test-result.ts';
const closers: ( () => unknown )[] = [];
afterEach( async () => {
	for ( const close of closers.splice( 0 ).reverse() ) {
		await close();
	}
} );

describe( 'whatever a provider replies, and whatever others write into mail', () => {
	const followed = {
		from: 'a@example.com',
		to: 'b@example.com',
		uid: 33,
		messageId: 'token@example.com',
		queueId: '4jYLX11vlMznnrD',
		handOverMs: 1,
		waitedMs: 1,
		earlier: [],
		silent: false,
		provider: null,
	};
	const line = ( service: string, text: string ) => `Nov 24 12:00:00 server postfix/${ service }[42]: ${ text }`;
	const ours = [
		line( 'pickup', '4jYLX11vlMznnrD: uid=33 from=<a@example.com>' ),
		line( 'cleanup', '4jYLX11vlMznnrD: message-id=<token@example.com>' ),
	];
	const deferred = ( reply: string ) =>
		line(
			'smtp',
			`4jYLX11vlMznnrD: to=<b@example.com>, relay=smtp.example.com[203.0.113.9]:587, delay=1, delays=0/0/0/1, dsn=4.7.1, status=deferred (host smtp.example.com[203.0.113.9] said: ${ reply } (in reply to RCPT TO command))`
		);
	const logLike = fc.constantFrom(
		' status=sent (250 2.0.0 Ok)',
		'>, to=<b@example.com>, status=sent (250 ok)',
		line( 'smtp', '4jYLX11vlMznnrD: to=<b@example.com>, relay=x[203.0.113.9]:25, dsn=2.0.0, status=sent (250 ok)' ),
		'<script>alert(1)</script>',
		'<h1>502 Bad Gateway</h1>'
	);
	const text = fc
		.tuple( hostileText( '450 4.7.1 Greylisted' ), logLike, hostileText( '' ) )
		.map( ( parts ) => parts.join( '' ).replaceAll( '\n', ' ' ) );

	test( 'a message that waits is never taken for one that was accepted, and its reply is bounded text', () => {
		fc.assert(
			fc.property( text, ( reply ) => {
				const result = readTestResult( { ...followed, lines: [ ...ours, deferred( reply ) ] } );
				expect( result.outcome ).toBe( 'waiting' );
				expect( result.diagnosis.reply.length ).toBeLessThanOrEqual( 512 );
				expect( Math.max( 0, ...result.log.map( ( { length } ) => length ) ) ).toBeLessThanOrEqual( 2048 );
				expect( JSON.stringify( result ) ).not.toMatch( /\\ud[89a-f]/i );
			} ),
			{ numRuns: 500 }
		);
	} );

	test( 'a line that is as long as it may be costs no more than a short one', () => {
		const long = [ ...'x.a@<(= ' ].map( ( unit ) => unit.repeat( 65_000 ) );
		const lines = [ ...ours, ...long.map( deferred ), ...long, ...long.map( ( said ) => line( 'smtp', said ) ) ];
		const { log } = readTestResult( {
			...followed,
			lines: Array.from( { length: 10 }, () => lines ).flat(),
		} );
		expect( Math.max( ...log.map( ( { length } ) => length ) ) ).toBeLessThanOrEqual( 2_048 );
	} );

	test( 'lines of other messages, other users and other programs never make ours accepted', () => {
		const others = fc.constantFrom(
			( said: string ) =>
				line(
					'smtp',
					`5jYLX11vlMznnrD: to=<b@example.com>, relay=x[203.0.113.9]:25, dsn=2.0.0, status=sent (${ said })`
				),
			( said: string ) => line( 'cleanup', `5jYLX11vlMznnrD: message-id=<${ said }>` ),
			( said: string ) => line( 'pickup', `5jYLX11vlMznnrD: uid=1001 from=<${ said }>` ),
			( said: string ) => `Nov 24 12:00:00 server php[7]: ${ said }`,
			( said: string ) => line( 'qmgr', `4jYLX11vlMznnrD: from=<${ said }>, size=1, nrcpt=1 (queue active)` )
		);
		fc.assert(
			fc.property( fc.array( fc.tuple( others, text ), { maxLength: 8 } ), ( forged ) => {
				const lines = forged.map( ( [ make, said ] ) => make( said ) );
				const result = readTestResult( { ...followed, lines: [ ...lines, ...ours, ...lines ] } );
				expect( result ).toMatchObject( { outcome: 'waiting', queueId: '4jYLX11vlMznnrD' } );
			} ),
			{ numRuns: 500 }
		);
	} );
} );
