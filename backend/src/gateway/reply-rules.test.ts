import { describe, expect, test } from '@jest/globals';
import { presets } from '@email-gateway/shared';
import { diagnose } from './diagnosis.ts';
import { nameInGreeting, providerBehind, providers, providersOf } from './providers.ts';
import { readReply } from './reading/read-reply.ts';
import { replyRuleFor, replyRules } from './reply-rules.ts';

const hostOf = ( id = '' ) => presets.find( ( preset ) => preset.id === id )?.host ?? providers[ id ]?.[ 0 ] ?? '';

describe( 'what a provider means by a reply', () => {
	test.each( replyRules.map( ( rule ) => [ rule.presets[ 0 ], rule.cause, rule.example, rule ] as const ) )(
		'%s, %s: %s',
		( id, cause, example, rule ) => {
			const stage = rule.stage?.[ 0 ] ?? null;
			expect( replyRuleFor( { host: hostOf( id ), stage, reply: example } ) ).toBe( rule );
			// as Postfix logs it
			const found = diagnose(
				{
					status: /^4/.test( example ) ? 'deferred' : 'bounced',
					dsn: null,
					relay: `${ hostOf( id ) }[203.0.113.9]:587`,
					reason:
						stage === 'AUTH'
							? `SASL authentication failed; server ${ hostOf( id ) }[203.0.113.9] said: ${ example }`
							: `host ${ hostOf(
									id
							  ) }[203.0.113.9] said: ${ example } (in reply to end of DATA command)`,
					service: 'smtp',
				},
				[]
			);
			expect( found ).toMatchObject( { cause, reply: example } );
		}
	);

	test( 'there are at least sixty, each with its source', () => {
		expect( replyRules.length ).toBeGreaterThanOrEqual( 60 );
		expect( replyRules.filter( ( { source } ) => ! URL.canParse( source ) ) ).toEqual( [] );
	} );

	test( 'every rule names providers that exist, and every preset is one', () => {
		const ids = [ ...replyRules.flatMap( ( rule ) => rule.presets ), ...presets.map( ( { id } ) => id ) ];
		expect( ids.filter( ( id ) => ! Object.hasOwn( providers, id ) ) ).toEqual( [] );
		for ( const { id, host, otherHosts = [] } of presets ) {
			for ( const name of [ host.replace( 'REGION', 'eu-west-1' ), ...otherHosts ] ) {
				expect( providersOf( name ) ).toContain( id );
			}
		}
	} );

	test.each( [
		[ 'smtppro.zoho.in', '554 5.1.8 Email Outgoing Blocked.', 'end of DATA', 'account_suspended' ],
		[ 'smtp-relay.sendinblue.com', '525 5.7.1 Unauthorized IP address', 'AUTH', 'address_not_authorised' ],
		[ 'smtp.eu.sendgrid.net', '451 Authentication failed: Maximum credits exceeded', 'AUTH', 'quota_exceeded' ],
		[
			'email-smtp-fips.us-east-1.amazonaws.com',
			'535 Authentication Credentials Invalid',
			'AUTH',
			'wrong_credentials',
		],
		[ 'smtp-mail.outlook.com', '550 5.7.705 Access denied', 'end of DATA', 'account_suspended' ],
	] )( 'another name of a provider is the same provider: %s', ( host, reply, stage, cause ) => {
		expect( replyRuleFor( { host, stage, reply } )?.cause ).toBe( cause );
	} );

	test( 'a name that only looks like a provider’s is none', () => {
		expect( providersOf( 'smtp.notgmail.com' ) ).toEqual( [] );
		expect( providersOf( 'gmail.com.example.net' ) ).toEqual( [] );
	} );

	test( 'a bare refusal of the login gives way to words that tell more', () => {
		const reply = '535 5.7.8 Authentication failed: account disabled';
		expect( readReply( { host: hostOf( 'brevo' ), stage: 'AUTH', reply } ).cause ).toBe( 'account_suspended' );
	} );

	test( 'the reply of one provider tells nothing about another', () => {
		const reply = '525 5.7.1 Unauthorized IP address';
		expect( replyRuleFor( { host: 'smtp.example.com', stage: 'AUTH', reply } ) ).toBe( undefined );
		expect( replyRuleFor( { host: hostOf( 'sendgrid' ), stage: 'AUTH', reply } ) ).toBe( undefined );
	} );

	test( 'a rule of one stage does not count at another', () => {
		const reply = '535 5.7.8 Authentication failed';
		expect( replyRuleFor( { host: hostOf( 'brevo' ), stage: 'RCPT TO', reply } ) ).toBe( undefined );
	} );

	test( 'Postfix’s own words are no reply of the provider', () => {
		const relay = `${ hostOf( 'brevo' ) }[203.0.113.9]:587`;
		const reason = `SASL authentication failed; cannot authenticate to server ${ relay }: no mechanism available`;
		const attempt = { status: 'deferred', dsn: '4.7.0', relay, reason, service: 'smtp' };
		expect( diagnose( attempt, [] ).cause ).toBe( 'sasl_missing' );
	} );
} );

describe( 'what a server calls itself', () => {
	test.each( [
		[ '220 smtp.gmail.com ESMTP d2e1a72fcca58 - gsmtp', 'smtp.gmail.com' ],
		[
			'250-AM0PR02CA0001.outlook.office365.com Hello [203.0.113.9]\r\n250 SIZE 157286400',
			'AM0PR02CA0001.outlook.office365.com',
		],
		[ '554 5.7.1 mx.zohomail.com refuses you', 'mx.zohomail.com' ],
		[ '220 SG ESMTP service ready at geopod-ismtpd-1', null ],
		[ '220 ready to serve smtp.gmail.com', null ],
		[ '535 smtp.gmail.com', null ],
		[ '220 <b>.example.com', null ],
		[ `220 ${ 'a.'.repeat( 2_000 ) }com`, null ],
		[ '', null ],
	] )( '%s: %s', ( greeting, name ) => {
		expect( nameInGreeting( greeting ) ).toBe( name );
	} );

	test( 'tells the provider only where the name in the settings tells none', () => {
		expect( providerBehind( 'mail.example.com', 'mx.zohomail.eu' ) ).toEqual( [ 'zoho' ] );
		expect( providerBehind( 'smtp.sendgrid.net', 'mx.zohomail.eu' ) ).toEqual( [ 'sendgrid' ] );
		expect( providerBehind( 'mail.example.com', 'mail.example.net' ) ).toEqual( [] );
	} );

	test( 'explains a refusal that names the server', () => {
		const said = { host: 'mail.example.com', stage: 'AUTH', reply: '535 Error: authentication failed' };
		expect( readReply( said ).cause ).toBe( 'wrong_credentials' );
		expect( readReply( { ...said, banner: 'smtp.163.com' } ).cause ).toBe( 'app_password_required' );
	} );
} );
