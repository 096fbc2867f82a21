import { expect, test } from '@jest/globals';
import type { ParsedKey } from 'ssh2';
import { Secret } from '../vault/secret.ts';
import { makeManagedKey } from './key-pair.ts';
import { signInConfig } from './sign-in.ts';

test( 'only the way that was set up is offered, with the key as it was read', async () => {
	const { privateKey, publicKey } = makeManagedKey( 'sign-in.test' );
	const config = await signInConfig( { user: 'deploy', signIn: { kind: 'key', privateKey, passphrase: null } } );
	expect( config ).toEqual( {
		username: 'deploy',
		authHandler: [ { type: 'publickey', username: 'deploy', key: expect.anything() } ],
	} );
	const [ { key } ] = config.authHandler as unknown as [ { key: ParsedKey } ];
	expect( publicKey ).toContain( key.getPublicSSH().toString( 'base64' ) );
	const password = new Secret( 'secret' );
	expect( await signInConfig( { user: 'deploy', signIn: { kind: 'password', password } } ) ).toMatchObject( {
		authHandler: [ 'password', 'keyboard-interactive' ],
	} );
} );
