import { describe, expect, test } from '@jest/globals';
import { connectionInput as schema, type ConnectionView } from '@email-gateway/shared';
import { connectionInput, connectionValues, keepsSignIn } from './form.ts';

const view: ConnectionView = {
	host: '203.0.113.7',
	sshPort: 22,
	sshUser: 'admin',
	signIn: 'password',
	passphraseSaved: false,
	sudoPasswordSaved: true,
	hostKey: null,
	lastLook: null,
};

describe( 'the form of a connection', () => {
	test( 'a server not connected yet is offered root, port 22 and the key made for it', () => {
		const values = { ...connectionValues( null ), host: '203.0.113.7' };
		expect( schema.parse( connectionInput( values, null ) ) ).toEqual( {
			host: '203.0.113.7',
			sshPort: 22,
			sshUser: 'root',
			signIn: { kind: 'managed_key' },
			sudoPassword: null,
		} );
	} );

	test( 'empty secrets keep what is saved', () => {
		expect( connectionInput( connectionValues( view ), view ) ).toMatchObject( {
			signIn: { kind: 'password', password: { use: 'saved' } },
			sudoPassword: { use: 'saved' },
		} );
	} );

	test( 'on another host the saved sudo password is not asked for', () => {
		const values = { ...connectionValues( view ), host: '203.0.113.8', sshPassword: 'x' };
		expect( keepsSignIn( values, view ) ).toBe( false );
		expect( connectionInput( values, view ) ).toMatchObject( {
			signIn: { kind: 'password', password: { use: 'typed', value: 'x' } },
			sudoPassword: null,
		} );
	} );

	test( 'a saved sudo password can be dropped', () => {
		expect(
			connectionInput( { ...connectionValues( view ), dropSudoPassword: true }, view ).sudoPassword
		).toBeNull();
	} );

	test( 'a typed private key has the typed passphrase, or none', () => {
		const key = { ...connectionValues( view ), signIn: 'private_key' as const, privateKey: 'PEM' };
		const typed = { use: 'typed', value: 'PEM' };
		expect( connectionInput( key, view ).signIn ).toEqual( {
			kind: 'private_key',
			privateKey: typed,
			passphrase: null,
		} );
		expect( connectionInput( { ...key, passphrase: 'p' }, view ).signIn ).toMatchObject( {
			passphrase: { use: 'typed', value: 'p' },
		} );
	} );
} );
