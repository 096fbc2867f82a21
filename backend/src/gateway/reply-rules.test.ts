import { describe, expect, test } from '@jest/globals';
import { presets } from '@email-gateway/shared';
import { diagnose } from './diagnosis.ts';
import { replyRuleFor, replyRules } from './reply-rules.ts';

const hostOf = ( id: string | undefined ) => presets.find( ( preset ) => preset.id === id )?.host ?? '';

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

	test( 'every rule names presets that exist', () => {
		const known = new Set( presets.map( ( { id } ) => id ) );
		expect( replyRules.flatMap( ( rule ) => rule.presets ).filter( ( id ) => ! known.has( id ) ) ).toEqual( [] );
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
		expect( diagnose( attempt, [] ).cause ).toBe( 'no_mechanism_in_common' );
	} );
} );
