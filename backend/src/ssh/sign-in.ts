import type { ConnectConfig, KeyboardInteractiveCallback, Prompt, PublicKeyAuthMethod } from 'ssh2';
import { readPrivateKey } from './private-key.ts';
import type { SshTarget } from './target.ts';

/**
 * The part of ssh2's configuration that says who signs in. Only the ways that were set up are tried.
 * Errors: private_key_unreadable { reason }.
 */
export async function signInConfig( { user, signIn }: Pick< SshTarget, 'user' | 'signIn' > ): Promise< ConnectConfig > {
	if ( signIn.kind === 'password' ) {
		const password = signIn.password.reveal();
		return { username: user, password, tryKeyboard: true, authHandler: [ 'password', 'keyboard-interactive' ] };
	}
	// as it was read here: ssh2 would read it once more
	const key = await readPrivateKey( signIn.privateKey, signIn.passphrase );
	const withKey: PublicKeyAuthMethod = { type: 'publickey', username: user, key };
	return { username: user, authHandler: [ withKey ] };
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
