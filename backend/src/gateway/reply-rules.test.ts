import { describe, expect, test } from '@jest/globals';
import { presets } from '@email-gateway/shared';
import { diagnose } from './diagnosis.ts';
import { providers, providersOf } from './providers.ts';
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
