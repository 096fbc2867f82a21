import { describe, expect, test } from '@jest/globals';
import { deliveryWords } from '../../plugin/src/words/causes.ts';
import fc from 'fast-check';
import { answers } from './diagnose.ts';

const ask = ( ...questions: object[] ) => answers( JSON.stringify( questions ) );

test( 'each question is answered, in the words of the screen', () => {
	const log =
		'Oct  5 10:00:00 s1 postfix/smtp[1234]: 4jYLM24nd5znnb4: to=<you@example.org>, relay=smtp.example.com[203.0.113.9]:587, delay=0.1, delays=0/0/0/0, dsn=5.1.1, status=bounced (host smtp.example.com[203.0.113.9] said: 550 5.1.1 User unknown (in reply to RCPT TO command))';
	const found = ask(
		{ host: 'smtp.example.com', stage: 'end of DATA', reply: '550 5.4.5 Daily user sending limit exceeded' },
		{ raw: 'mail for mail.example.com loops back to myself', status: 'bounced' },
		{ log },
		{ log: 'Oct  5 10:00:00 s1 postfix/smtp[1234]: fatal: open database /etc/postfix/sasl_passwd.db: No such file' }
	);
	expect( found ).toEqual( [
		{
			...{ cause: 'quota_exceeded', whose: 'account', passes: true, waits: true },
			...deliveryWords( 'quota_exceeded', 'waiting' ),
		},
		{
			...{ cause: 'loops_to_itself', whose: 'server', passes: false, waits: true },
			...deliveryWords( 'loops_to_itself', 'waiting' ),
		},
		{
			...{ cause: 'recipient_unknown', whose: 'recipient', passes: false, waits: false },
			...deliveryWords( 'recipient_unknown', 'refused' ),
		},
		{
			...{ cause: 'own_postfix_failed', whose: 'server', passes: false, waits: true },
			...deliveryWords( 'own_postfix_failed', 'waiting' ),
		},
	] );
} );

test( 'a stage is understood as people write it', () => {
	const found = ask(
		{ stage: 'rcpt', reply: '550 5.1.1 no such user' },
		{ stage: 'auth', reply: '535 5.7.8 bad password' },
		{ stage: 'data end', reply: '554 looks like spam' }
	);
	expect( found.map( ( { cause } ) => cause ) ).toEqual( [
		'recipient_unknown',
		'wrong_credentials',
		'content_refused',
	] );
} );

test( 'a soft bounce of a log waits, a bounce does not', () => {
	const line = ( status: string ) =>
		`Oct  5 10:00:00 s1 postfix/smtp[1]: 4jYLM24nd5znnb4: to=<you@example.org>, relay=smtp.example.com[203.0.113.9]:587, delay=0.1, delays=0/0/0/0, dsn=5.1.1, status=${ status } (host smtp.example.com[203.0.113.9] said: 550 5.1.1 User unknown (in reply to RCPT TO command))`;
	const found = ask( { log: line( 'SOFTBOUNCE' ) }, { log: line( 'bounced' ) } );
	expect( found.map( ( { waits } ) => waits ) ).toEqual( [ true, false ] );
} );

describe( 'whatever is said', () => {
	const line = ( status: string, said: string ) =>
		`Oct  5 10:00:00 s1 postfix/smtp[1]: 4jYLM24nd5znnb4: to=<you@example.org>, relay=smtp.example.com[203.0.113.9]:587, delay=0.1, delays=0/0/0/0, dsn=5.1.1, status=${ status } (host smtp.example.com[203.0.113.9] said: ${ said } (in reply to end of DATA command))`;
	const imitation = '550 status=sent (250 2.0.0 Ok: queued as 9F1)';

	test.each( [
		'',
		' ',
		'550',
		'x'.repeat( 4_096 ),
		`550 ${ '\u00ff'.repeat( 4_000 ) }`,
		'\u0000\ufffd',
		imitation,
	] )( 'a bounce stays one, and nothing is accepted: %j', ( reply ) => {
		const found = ask( { log: line( 'bounced', reply ) }, { log: line( 'bounced', reply ).slice( 0, 4_096 ) } );
		expect( found.map( ( { waits } ) => waits ) ).toEqual( [ false, false ] );
		for ( const { cause } of [ ...found, ...ask( { reply }, { raw: reply }, { log: reply } ) ] ) {
			expect( cause ).not.toBe( 'accepted' );
		}
	} );

	test( 'the same of any text, in any of the forms', () => {
		const text = fc.string( { unit: 'binary', maxLength: 200 } );
		fc.assert(
			fc.property( text, ( reply ) => {
				const asked = [ { reply }, { host: reply, stage: reply, reply }, { raw: reply }, { log: reply } ];
				expect( ask( ...asked ).map( ( { cause } ) => cause ) ).not.toContain( 'accepted' );
			} ),
			{ numRuns: 25 }
		);
	} );

	test( 'the other fields of a labelled reply are no obstacle', () => {
		const labels = { whose: 'account', means: 'x', next: 'y', causes: [ 'a' ], tolerable: [], waits: true };
		const reply = '550 Daily limit exceeded';
		expect( ask( { host: 'h', stage: 'DATA', reply, ...labels } ) ).toEqual(
			ask( { host: 'h', stage: 'DATA', reply } )
		);
	} );
} );

describe( 'what is no list of replies is refused with what is wrong', () => {
	test.each( [
		'',
		'no JSON',
		'{}',
		'[{}]',
		'[{"reply":5}]',
		'[null]',
		'["550 no"]',
		'[{"raw":null}]',
		'[{"log":"x","contexts":"y"}]',
	] )( '%s', ( json ) => {
		expect( () => answers( json ) ).toThrow( /^Standard input is no/ );
	} );
} );
