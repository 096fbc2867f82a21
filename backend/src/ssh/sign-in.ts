import ssh2, {
	type ConnectConfig,
	type KeyboardInteractiveCallback,
	type Prompt,
	type PublicKeyAuthMethod,
} from 'ssh2';
import { GatewayError } from '../errors.ts';
import type { SshTarget } from './target.ts';

/**
 * The part of ssh2's configuration that says who signs in. Only the ways that were set up are tried.
 * Errors: private_key_unreadable { reason: passphrase_missing | passphrase_wrong | not_understood }.
 */
export function signInConfig( { user, signIn }: SshTarget ): ConnectConfig {
	if ( signIn.kind === 'password' ) {
		const password = signIn.password.reveal();
		return { username: user, password, tryKeyboard: true, authHandler: [ 'password', 'keyboard-interactive' ] };
	}
	const privateKey = signIn.privateKey.reveal();
	const passphrase = signIn.passphrase?.reveal();
	const parsed = ssh2.utils.parseKey( privateKey, passphrase );
	// keys in the older formats are only looked at when they sign for the first time
	const isRead =
		! ( parsed instanceof Error ) &&
		parsed.isPrivateKey() &&
		( isOpenSsh( privateKey ) || Buffer.isBuffer( parsed.sign( Buffer.from( 'probe' ) ) ) );
	if ( ! isRead ) {
		throw new GatewayError( 'private_key_unreadable', { reason: whyUnreadable( privateKey, passphrase ) } );
	}
	// as it was read here: ssh2 would read it once more
	const withKey: PublicKeyAuthMethod = { type: 'publickey', username: user, key: parsed };
	return { username: user, authHandler: [ withKey ] };
}

function whyUnreadable( privateKey: string, passphrase: string | undefined ): string {
	// a key that fails in the same way with any passphrase is not encrypted, or not a key
	const isEncrypted = /ENCRYPTED/.test( privateKey ) || isEncryptedOpenSsh( privateKey );
	if ( ! isEncrypted ) {
		return 'not_understood';
	}
	return passphrase === undefined ? 'passphrase_missing' : 'passphrase_wrong';
}

const isOpenSsh = ( privateKey: string ) => privateKey.includes( '-----BEGIN OPENSSH PRIVATE KEY-----' );

/** OpenSSH's own format names the cipher after its magic: `none` where there is no passphrase. */
function isEncryptedOpenSsh( privateKey: string ): boolean {
	const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+)-----END/.exec( privateKey )?.[ 1 ] ?? '';
	const blob = Buffer.from( body, 'base64' );
	const magic = 'openssh-key-v1\0';
	if ( blob.subarray( 0, magic.length ).toString( 'latin1' ) !== magic || blob.length < magic.length + 8 ) {
		return false;
	}
	const length = blob.readUInt32BE( magic.length );
	return blob.subarray( magic.length + 4, magic.length + 4 + length ).toString( 'latin1' ) !== 'none';
}

/** Answers a server that asks for the password as a dialogue: only a single hidden question, and only once. */
export function answerPrompts( { signIn }: SshTarget ) {
	let asked = false;
	return (
		_name: string,
		_text: string,
		_language: string,
		prompts: Prompt[],
		answer: KeyboardInteractiveCallback
	) => {
		const isPasswordQuestion = prompts.length === 1 && prompts[ 0 ]?.echo !== true;
		if ( signIn.kind !== 'password' || asked || ! isPasswordQuestion ) {
			return answer( [] );
		}
		asked = true;
		answer( [ signIn.password.reveal() ] );
	};
}
