import { z } from 'zod';
import { domainName, mailAddress } from './fields.ts';

/**
 * What becomes of the mail of a server that is no production: `redirect` one mailbox gets all of it, but for what goes to
 * allowed domains · `hold` it is kept on the server · `drop` it is thrown away.
 */
export const sandboxKinds = [ 'redirect', 'hold', 'drop' ] as const;
export type SandboxKind = ( typeof sandboxKinds )[ number ];

export const sandboxRules = z.discriminatedUnion( 'kind', [
	z.strictObject( {
		kind: z.literal( 'redirect' ),
		mailbox: mailAddress,
		/** Domains whose addresses get their mail; those below them do not. */
		allowed: z.array( domainName ).max( 20, { error: 'too_long' } ).default( [] ),
	} ),
	z.strictObject( { kind: z.literal( 'hold' ) } ),
	z.strictObject( { kind: z.literal( 'drop' ) } ),
] );
export type SandboxRules = z.infer< typeof sandboxRules >;

/** A sandbox that is on. */
export const sandboxView = z.object( {
	kind: z.enum( sandboxKinds ),
	/** Null where it does not redirect, or where a former owner turned it on. */
	mailbox: z.string().nullable(),
	allowed: z.array( z.string() ),
	at: z.iso.datetime(),
	/** Login; null where it was a former owner's. */
	by: z.string().nullable(),
} );
export type SandboxView = z.infer< typeof sandboxView >;
