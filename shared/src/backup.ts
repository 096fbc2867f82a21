import { z } from 'zod';
import { senderCheck } from './sender.ts';

/**
 * Why mail leaves by a backup account: `login` the first no longer signs in · `account` it is suspended · `provider` its
 * provider cannot be reached or is in trouble · `limit` it has sent what it may in a day · `by_hand` a person chose so.
 */
export const switchReasons = [ 'login', 'account', 'provider', 'limit', 'by_hand' ] as const;
export type SwitchReason = ( typeof switchReasons )[ number ];

/** By which account a server, or a route of it, sends while its own cannot. */
export const backupRules = z.strictObject( {
	account: z.uuid(),
	/** Switched by the backend after a diagnosis; false: by hand only. */
	automatic: z.boolean(),
	/** Also at the account's limit of a day. */
	atLimit: z.boolean(),
	/** Minutes for which a provider is in trouble before that counts. */
	afterMinutes: z.int( { error: 'invalid' } ).min( 5, { error: 'invalid' } ).max( 1440, { error: 'invalid' } ),
} );
export type BackupRules = z.infer< typeof backupRules >;

/** What receivers will make of mail from a domain while it leaves by the backup. */
export const alignment = senderCheck.pick( { domain: true, verdict: true } );
export type Alignment = z.infer< typeof alignment >;

/**
 * What ends it: `proof` the first account signs in again · `test_email` its provider takes a test email: a sign-in says
 * nothing of a suspension · `by_hand` a person only.
 */
export const waysBack = [ 'proof', 'test_email', 'by_hand' ] as const;

const activeBackup = z.object( {
	since: z.iso.datetime(),
	why: z.enum( switchReasons ),
	/** Login; empty: the backend. */
	by: z.string(),
	/** SMTP Server of the first account. */
	first: z.string(),
	/** Recipients whose mail the backup's provider has accepted since; null where the log tells nothing. */
	messages: z.number().nullable(),
	/** Messages of which the first provider's last answer was lost, so that it may have taken them, too: how many, and the first of their queue ids. */
	twice: z.object( { messages: z.number(), queueIds: z.array( z.string() ) } ),
	alignments: z.array( alignment ),
	back: z.enum( waysBack ),
	/** The backend does not switch back before. */
	staysUntil: z.iso.datetime(),
} );

/** The backup of a server, or of a route. */
export const backupView = z.object( {
	...backupRules.shape,
	/** What the account is called, and its SMTP Server. */
	name: z.string(),
	smtpServer: z.string(),
	/** Both accounts are at the same provider: its outage stops both. */
	sameProvider: z.boolean(),
	/** Null: it sends by its own account. */
	active: activeBackup.nullable(),
} );
export type BackupView = z.infer< typeof backupView >;
