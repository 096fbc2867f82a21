import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { KeyReason } from '@email-gateway/shared';
import ssh2, { type ParsedKey } from 'ssh2';
import { GatewayError } from '../errors.ts';
import type { Secret } from '../vault/secret.ts';
import { keyFileOf, openKeyFile } from './key-file.ts';
import { KeyProblem } from './key-problem.ts';

/** What a file asks for to be opened is up to whoever made it; an ordinary one takes a second. */
const longestMs = 60_000;

/**
 * What can be told of a key file without opening it, for a form. Errors: private_key_unreadable { reason }, without
 * passphrase_wrong.
 */
export function refuseUnreadable( privateKey: string, passphrase: string | null ): void {
	told( () => {
		if ( keyFileOf( privateKey ).isLocked && passphrase === null ) {
			throw new KeyProblem( 'passphrase_missing' );
		}
	} );
}

/**
 * Reads a private key of any kind that people have: OpenSSH's own format, PKCS#1, SEC1, PKCS#8 and PuTTY's.
 * Errors: private_key_unreadable { reason: one of keyReasons, algorithm }.
 */
export async function readPrivateKey( privateKey: Secret, passphrase: Secret | null ): Promise< ParsedKey > {
	const [ text, word ] = [ privateKey.reveal(), passphrase?.reveal() ?? null ];
	refuseUnreadable( text, word );
	const { kind, isLocked } = keyFileOf( text );
	// the usual one is what ssh2 reads itself
	const open = isLocked
		? await openInThread( text, word )
		: kind === 'openssh'
		? text.trim()
		: told( () => openKeyFile( text, word ) );
	const parsed = ssh2.utils.parseKey( open );
	if ( parsed instanceof Error || ! parsed.isPrivateKey() ) {
		throw unreadable( 'format' );
	}
	return parsed;
}

/** A passphrase is made slow to try on purpose: here it would hold every other job of this process meanwhile. */
async function openInThread( text: string, passphrase: string | null ): Promise< string > {
	const thread = new Worker( new URL( './open-key-thread.ts', import.meta.url ), {
		workerData: { text, passphrase },
	} );
	const timeout = AbortSignal.timeout( longestMs );
	try {
		const [ answer ] = ( await once( thread, 'message', { signal: timeout } ) ) as [
			{ key: string } | { reason: KeyReason; algorithm?: string },
		];
		if ( 'key' in answer ) {
			return answer.key;
		}
		throw unreadable( answer.reason, answer.algorithm );
	} catch ( error ) {
		throw timeout.aborted ? unreadable( 'too_costly' ) : error;
	} finally {
		void thread.terminate();
	}
}

function told< T >( act: () => T ): T {
	try {
		return act();
	} catch ( error ) {
		throw error instanceof KeyProblem ? unreadable( error.reason, error.algorithm ) : error;
	}
}

const unreadable = ( reason: KeyReason, algorithm?: string ) =>
	new GatewayError( 'private_key_unreadable', {
		reason,
		...( algorithm !== undefined && { algorithm } ),
	} );
