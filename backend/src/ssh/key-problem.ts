import type { KeyReason } from '@email-gateway/shared';

/** Why a private key cannot be used; becomes private_key_unreadable. */
export class KeyProblem extends Error {
	readonly reason: KeyReason;
	/** Name of an algorithm, where that is the reason. */
	readonly algorithm: string | undefined;

	constructor( reason: KeyReason, algorithm?: string ) {
		super( reason );
		this.name = 'KeyProblem';
		this.reason = reason;
		this.algorithm = algorithm;
	}
}
