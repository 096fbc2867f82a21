import { describe, expect, test } from '@jest/globals';
import { gatewaySettingsInput } from '@email-gateway/shared';
import { keepsPassword, settingsInput, settingsValues, withAccount } from './values.ts';

const settings = {
	smtpServer: 'smtp.example.com',
	smtpPort: 2525,
	userName: 'me',
	sendingDomain: 'site.example',
	note: '',
	serverHostname: null,
	rootMail: null,
	caCertificate: null,
};

describe( 'the form of a gateway', () => {
	test( 'what the backend holds and what is sent unchanged are the same, the password kept', () => {
		expect( settingsInput( settingsValues( settings ) ) ).toEqual( { ...settings, password: { use: 'saved' } } );
	} );

	test( 'a typed password is sent byte for byte', () => {
		const password = 'p#$a:s "s\'`ü😀 <%41>';
		const sent = settingsInput( { ...settingsValues( settings ), password } );
		expect( sent.password ).toEqual( { use: 'typed', value: password } );
		expect( gatewaySettingsInput.parse( sent ).password ).toEqual( { use: 'typed', value: password } );
	} );

	test( 'an app password loses the blanks it is shown with, any other keeps its own', () => {
		const gmail = { ...settingsValues( settings ), smtpServer: 'smtp.gmail.com', password: 'abcd efgh ijkl mnop' };
		expect( settingsInput( gmail ).password ).toEqual( { use: 'typed', value: 'abcdefghijklmnop' } );
		const elsewhere = { ...gmail, smtpServer: 'smtp.example.com' };
		expect( settingsInput( elsewhere ).password ).toEqual( { use: 'typed', value: gmail.password } );
	} );

	test( 'the password of an account is asked for by its id, never sent', () => {
		expect( settingsInput( { ...settingsValues( settings ), account: 'a' } ).password ).toEqual( {
			...{ use: 'account', id: 'a' },
		} );
	} );

	test( 'a loaded account leaves what it does not speak of, and its password is asked for by its id', () => {
		const typed = { ...settingsValues( null ), password: 'mine', rootMail: 'me@site.example' };
		expect( settingsInput( withAccount( typed, { ...settings, id: 'a' } ) ) ).toEqual( {
			...settings,
			rootMail: 'me@site.example',
			password: { use: 'account', id: 'a' },
		} );
	} );

	test( 'an empty port reaches the backend as no number, which it refuses', () => {
		const sent = JSON.parse( JSON.stringify( settingsInput( { ...settingsValues( settings ), smtpPort: ' ' } ) ) );
		expect( gatewaySettingsInput.safeParse( sent ).error?.issues[ 0 ] ).toMatchObject( {
			path: [ 'smtpPort' ],
			message: 'not_a_port',
		} );
	} );
} );

describe( 'a saved password is kept', () => {
	test.each( [
		[ {}, true ],
		[ { smtpServer: ' SMTP.Example.com' }, true ],
		[ { smtpPort: '587' }, true ],
		[ { smtpServer: 'smtp.evil.example' }, false ],
		[ { userName: 'other' }, false ],
		[ { caCertificate: '-----BEGIN CERTIFICATE-----' }, false ],
	] )( 'with %j: %s', ( change, kept ) => {
		expect( keepsPassword( { ...settingsValues( settings ), ...change }, settings ) ).toBe( kept );
	} );

	test( 'never where nothing was saved', () => {
		expect( keepsPassword( settingsValues( null ), null ) ).toBe( false );
	} );
} );
