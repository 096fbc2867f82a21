import { describe, expect, test } from '@jest/globals';
import { presets, type Preset } from '@email-gateway/shared/presets';
import { presetShown, regionOf, serverIn, withPreset } from './preset-choice.ts';
import { settingsValues } from './values.ts';

const typed = { ...settingsValues( null ), userName: 'me@site.example', password: 'secret' };

describe( 'choosing a provider', () => {
	test( 'fills server, first port and a literal user name, and leaves the rest', () => {
		expect( withPreset( typed, 'elastic_email' ) ).toEqual( {
			...typed,
			smtpServer: 'smtp.elasticemail.com',
			smtpPort: '2525',
		} );
		expect( withPreset( typed, 'sendgrid' ).userName ).toBe( 'apikey' );
	} );

	test( 'a word that only the former provider has goes', () => {
		expect( withPreset( withPreset( typed, 'sendgrid' ), 'brevo' ).userName ).toBe( '' );
	} );

	test( 'a provider with regions waits for the region, which makes the name of its server', () => {
		const ses = presets.find( ( { id } ) => id === 'ses' ) as Preset;
		expect( withPreset( typed, 'ses' ).smtpServer ).toBe( '' );
		const server = serverIn( ses, ' EU-central-1' );
		expect( server ).toBe( 'email-smtp.eu-central-1.amazonaws.com' );
		expect( [ regionOf( ses, server ), regionOf( ses, '' ), serverIn( ses, ' ' ) ] ).toEqual( [
			'eu-central-1',
			'',
			'',
		] );
		expect( presetShown( '', { id: 'ses', smtpServer: '' } ) ).toBe( ses );
	} );

	test( '“Other” leaves the fields', () => {
		expect( withPreset( typed, 'other' ) ).toBe( typed );
	} );
} );

describe( 'the provider that is shown', () => {
	test.each( [
		[ ' SMTP.sendgrid.net', 'sendgrid' ],
		[ 'email-smtp.eu-central-1.amazonaws.com', 'ses' ],
		[ 'smtp.zoho.eu', 'zoho' ],
		[ 'smtp.gmail.com', 'gmail' ],
		[ 'email-smtp.evil.example.amazonaws.com', undefined ],
		[ 'smtp.example.com', undefined ],
		[ '', undefined ],
	] )( 'for “%s”: %s', ( server, id ) => {
		expect( presetShown( server, null )?.id ).toBe( id );
	} );

	test( 'is the chosen one of two that share a server, until another server is typed', () => {
		const choice = { id: 'google_workspace', smtpServer: 'smtp.gmail.com' };
		expect( presetShown( 'smtp.gmail.com', choice )?.id ).toBe( 'google_workspace' );
		expect( presetShown( 'smtp.resend.com', choice )?.id ).toBe( 'resend' );
		expect( presetShown( 'smtp.gmail.com', { ...choice, id: 'other' } ) ).toBe( null );
	} );
} );
