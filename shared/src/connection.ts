import { z } from 'zod';
import { observation } from './observation.ts';
import { hostName, port, privateKey, sshPassword, sshUserName } from './fields.ts';

const savedOr = < Value extends z.ZodType >( value: Value ) =>
	z.discriminatedUnion( 'use', [
		z.strictObject( { use: z.literal( 'typed' ), value } ),
		z.strictObject( { use: z.literal( 'saved' ) } ),
	] );

/** How to sign in. `saved` holds only while Host, SSH Port and SSH User are those it was saved with. */
export const signIn = z.discriminatedUnion( 'kind', [
	z.strictObject( { kind: z.literal( 'managed_key' ) } ),
	z.strictObject( {
		kind: z.literal( 'private_key' ),
		privateKey: savedOr( privateKey ),
		/** null: the key has none. */
		passphrase: savedOr( sshPassword ).nullable().default( null ),
	} ),
	z.strictObject( { kind: z.literal( 'password' ), password: savedOr( sshPassword ) } ),
] );
export type SignIn = z.infer< typeof signIn >;

export const connectionInput = z.strictObject( {
	host: hostName,
	sshPort: port.default( 22 ),
	sshUser: sshUserName.default( 'root' ),
	signIn,
	/** null: root, or sudo without a password. */
	sudoPassword: savedOr( sshPassword ).nullable().default( null ),
} );
export type ConnectionInput = z.infer< typeof connectionInput >;

/** Why a private key cannot be used: the `reason` of private_key_unreadable. */
export const keyReasons = [
	'passphrase_missing',
	'passphrase_wrong',
	'public_key_pasted',
	/** Of a hardware token: without the token it signs nothing. */
	'security_key',
	/** `algorithm` names one that SSH does not sign with, or no longer. */
	'algorithm',
	/** Trying its passphrase takes too long. */
	'too_costly',
	'format',
] as const;
export type KeyReason = ( typeof keyReasons )[ number ];

/** Plugins that keep servers with their addresses and keys. */
export const connectionSources = [ 'wpclouddeploy' ] as const;

/**
 * How to reach a server that another plugin keeps: base64url of this JSON in the header `Email-Gateway-Connection`,
 * inside the signature, with every request that starts a job. PHP makes it, so that no browser sees or sets it.
 */
export const suppliedConnection = z.strictObject( {
	from: z.enum( connectionSources ),
	host: hostName,
	sshPort: port,
	sshUser: sshUserName,
	/** Shorter than one that is typed: a header has to pass every proxy. */
	privateKey: privateKey.max( 8192, { error: 'too_long' } ),
	/** null: the key has none. */
	passphrase: sshPassword.nullable(),
} );
export type SuppliedConnection = z.infer< typeof suppliedConnection >;

export const connectionHeader = 'email-gateway-connection';

export const hostKeyState = z.enum( [ 'unknown', 'trusted', 'changed' ] );

export const connectionView = z.object( {
	host: z.string(),
	sshPort: z.number(),
	sshUser: z.string(),
	/** `supplied`: by another plugin, with each request; nothing of it is saved. */
	signIn: z.enum( [ 'managed_key', 'private_key', 'password', 'supplied' ] ),
	passphraseSaved: z.boolean(),
	sudoPasswordSaved: z.boolean(),
	hostKey: z
		.object( {
			state: hostKeyState,
			/** `SHA256:…` as OpenSSH prints it: the trusted one, or the one seen where none is trusted yet. */
			fingerprint: z.string(),
			/** The key seen instead, where it has changed. */
			seenFingerprint: z.string().nullable(),
			algorithm: z.string(),
			trustedAt: z.iso.datetime().nullable(),
			trustedBy: z.string().nullable(),
		} )
		.nullable(),
	/** What the last successful look said, e.g. `{ system: 'Debian GNU/Linux 12', asRoot: 'root' }`. */
	lastLook: z
		.object( {
			at: z.iso.datetime(),
			system: z.string(),
			/** Whether gateways on this system are tried by our tests; a record from before we told counts as untested. */
			support: z.enum( [ 'tested', 'untested', 'unsupported' ] ).default( 'untested' ),
			asRoot: z.enum( [ 'root', 'sudo', 'sudo_password' ] ),
			/** Null in a record from before we told. */
			mail: observation.nullable().default( null ),
			/** Whose marker lies on the server: of this very record, or of another; null where there is none. */
			gateway: z.enum( [ 'ours', 'of_another' ] ).nullable().default( null ),
		} )
		.nullable(),
} );
export type ConnectionView = z.infer< typeof connectionView >;

/** The key made for a server, and one line to run there once, which lets it sign in. */
export const serverKey = z.object( { publicKey: z.string(), installLine: z.string() } );
export type ServerKey = z.infer< typeof serverKey >;
