import { describe, expect, test } from '@jest/globals';
import { deliveryWords } from '../../plugin/src/words/causes.ts';
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

test( 'a soft bounce of a log waits, a bounce does not', () => {
	const line = ( status: string ) =>
		`Oct  5 10:00:00 s1 postfix/smtp[1]: 4jYLM24nd5znnb4: to=<you@example.org>, relay=smtp.example.com[203.0.113.9]:587, delay=0.1, delays=0/0/0/0, dsn=5.1.1, status=${ status } (host smtp.example.com[203.0.113.9] said: 550 5.1.1 User unknown (in reply to RCPT TO command))`;
	const found = ask( { log: line( 'SOFTBOUNCE' ) }, { log: line( 'bounced' ) } );
	expect( found.map( ( { waits } ) => waits ) ).toEqual( [ true, false ] );
} );

describe( 'what is no list of replies is refused with what is wrong', () => {
	test.each( [ 'no JSON', '{}', '[{}]', '[{"reply":5}]' ] )( '%s', ( json ) => {
		expect( () => answers( json ) ).toThrow( /^Standard input is no/ );
	} );
} );
