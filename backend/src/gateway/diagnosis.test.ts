import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { causes } from '@email-gateway/shared';
import { parseDelivery, parseLine } from './mail-log.ts';
import { parseReason } from './delivery-reason.ts';
import { diagnose, noAnswerYet } from './diagnosis.ts';
import { lexicon } from './reading/lexicon.ts';
import { replyRules } from './reply-rules.ts';

interface Captured {
	case: string;
	postfix: string;
	/** Whether smtp_tls_connection_reuse was on, so that tlsproxy(8) made the connection. */
	reuse: boolean;
	cause: string;
	lines: string[];
}
// logged by real Postfixes on Debian 12 and 13 while a provider did what the case says
const captured = JSON.parse(
	readFileSync( new URL( './diagnosis.captured.json', import.meta.url ), 'utf8' )
) as Captured[];

const diagnoseLines = ( lines: readonly string[] ) => {
	const parsed = lines.map( parseLine ).filter( ( line ) => line !== null );
	const delivery = parsed
		.map( ( line ) => parseDelivery( line, 'you@example.org' ) )
		.find( ( found ) => found !== null );
	if ( ! delivery ) {
		throw new Error( 'There is no delivery among these lines.' );
	}
	return diagnose(
		delivery,
		parsed.filter( ( line ) => line.queueId === null ).map( ( { text } ) => text )
	);
};

describe( 'diagnose', () => {
	test.each( captured )( 'Postfix $postfix, $case (reuse $reuse): $cause', ( { cause, lines } ) => {
		expect( diagnoseLines( lines ).cause ).toBe( cause );
	} );

	test( 'every cause that a log can show was captured from a real Postfix or is one provider’s own', () => {
		const known = new Set( [ ...captured, ...replyRules, ...lexicon ].map( ( { cause } ) => cause ) );
		const missing = causes.filter( ( cause ) => ! known.has( cause ) );
		// these are seen by looking from the server, before any mail, or told by Postfix itself
		expect( missing ).toEqual( expect.arrayContaining( [ 'cloud_blocks_mail', 'tls_mode_unexpected' ] ) );
	} );

	test( 'an address that Postfix itself does not take was asked of nobody', () => {
		const attempt = {
			status: 'bounced',
			dsn: '5.1.3',
			relay: null,
			reason: 'bad address syntax',
			service: 'error',
		};
		expect( diagnose( attempt, [] ) ).toMatchObject( { cause: 'recipient_malformed', whose: 'recipient' } );
	} );

	test.each( [
		[ 'temporary failure. Command output: local: fatal: execvp /usr/bin/procmail: No such file or directory' ],
		[ 'maildir delivery failed: create maildir file /var/mail/tmp/1: Permission denied' ],
		[ 'mail system configuration error' ],
		[ 'bounce or trace service failure' ],
		[ 'lost connection with 127.0.0.1[127.0.0.1] while receiving the initial server greeting' ],
		[ 'lost connection with smtp.example.net[203.0.113.9] while receiving the initial server greeting', 465 ],
	] )( 'what Postfix itself says is never blamed on the provider: %s', ( reason, port = 587 ) => {
		const relay = `smtp.example.net[203.0.113.9]:${ port }`;
		const attempt = { status: 'deferred', dsn: null, relay, reason, service: 'smtp' };
		expect( diagnose( attempt, [] ).whose ).toBe( 'server' );
	} );

	test.each( [
		[ 'Connection refused', 'port_closed' ],
		[ 'Connection timed out', 'port_blocked' ],
		[ 'certificate has expired', 'certificate_expired' ],
		[ 'Error: self-signed certificate in certificate chain', 'certificate_self_signed' ],
		[ 'error: open database /etc/postfix/passwords.db: No such file or directory', 'own_postfix_failed' ],
	] )( 'words without what stands around them in a log: %s', ( reason, cause ) => {
		const attempt = { status: 'deferred', dsn: null, relay: null, reason, service: 'smtp' };
		expect( diagnose( attempt, [] ).cause ).toBe( cause );
	} );

	test( 'tells reply, enhanced code and stage', () => {
		const found = captured.find( ( { cause } ) => cause === 'sender_refused' );
		expect( diagnoseLines( found?.lines ?? [] ) ).toEqual( {
			...{ cause: 'sender_refused', whose: 'sender', passes: false },
			enhancedCode: '5.7.1',
			reply: '550 5.7.1 Sender address rejected: not verified',
			stage: 'MAIL FROM',
		} );
	} );

	test( 'names what is wrong with a certificate in Postfix’s own words', () => {
		const found = captured.find( ( { cause, reuse } ) => cause === 'certificate_wrong_name' && reuse );
		expect( diagnoseLines( found?.lines ?? [] ).reply ).toMatch(
			/^server certificate verification failed for smtp\.provider\.test\[.*num=62:hostname mismatch$/
		);
	} );

	test( 'an untrusted issuer is named', () => {
		const lines = captured.find( ( { cause } ) => cause === 'certificate_untrusted' )?.lines ?? [];
		expect( diagnoseLines( lines ).reply ).toMatch( /untrusted issuer \/CN=OtherCA$/ );
	} );

	test( 'ignores what was logged about another relay', () => {
		const lines = captured.find( ( { cause } ) => cause === 'certificate_untrusted' )?.lines ?? [];
		const other =
			'Nov 23 22:33:51 s1 postfix/smtp[1]: server certificate verification failed for mx.example.net[203.0.113.9]:587: certificate has expired';
		expect( diagnoseLines( [ other, ...lines ] ).cause ).toBe( 'certificate_untrusted' );
	} );

	test( 'looks through a delivery that was suspended because an earlier one failed', () => {
		const attempt = { service: 'error', status: 'deferred', dsn: '4.7.8', relay: null };
		const reason =
			'delivery temporarily suspended: SASL authentication failed; server smtp.example.com[203.0.113.9] said: 535 5.7.8 Error: authentication failed';
		expect( diagnose( { ...attempt, reason }, [] ) ).toMatchObject( {
			cause: 'wrong_credentials',
			reply: '535 5.7.8 Error: authentication failed',
			stage: 'AUTH',
		} );
	} );

	test( 'does not take a local delivery for the provider’s acceptance', () => {
		expect(
			diagnose(
				{ service: 'local', status: 'sent', dsn: '2.0.0', relay: 'local', reason: 'delivered to mailbox' },
				[]
			).cause
		).toBe( 'not_through_gateway' );
	} );

	test( 'keeps the raw reply of what it does not know, at most 512 characters', () => {
		const reason = `host mx.example.com[203.0.113.9] said: 599 ${ 'x'.repeat( 2000 ) } (in reply to RSET command)`;
		const found = diagnose(
			{ service: 'smtp', status: 'bounced', dsn: '5.0.0', relay: 'mx.example.com[203.0.113.9]:587', reason },
			[]
		);
		expect( found ).toMatchObject( { cause: 'unknown', stage: 'RSET' } );
		expect( found.reply ).toHaveLength( 512 );
	} );

	test( 'has a word for a message that nobody has answered yet', () => {
		expect( noAnswerYet.cause ).toBe( 'unknown' );
	} );
} );

describe( 'parseReason', () => {
	test.each( [ '', 'delivery temporarily suspended: ' ] )(
		'reads a login that is remembered as refused (%j)',
		( before ) => {
			expect(
				parseReason(
					// as Postfix 3.7 and 3.10 write it: without the address
					`${ before }SASL [CACHED] authentication failed; server a.example said: 535 5.7.8 Error: authentication failed`
				)
			).toEqual( {
				stage: 'AUTH',
				reply: '535 5.7.8 Error: authentication failed',
				said: true,
				host: 'a.example',
			} );
		}
	);

	test( 'a reply that quotes another stage does not change the stage', () => {
		expect(
			parseReason(
				'host a.example[203.0.113.9] said: 550 no (in reply to MAIL FROM command) (in reply to end of DATA command)'
			)
		).toEqual( {
			stage: 'end of DATA',
			reply: '550 no (in reply to MAIL FROM command)',
			said: true,
			host: 'a.example',
		} );
	} );
} );
