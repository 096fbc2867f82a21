import { z } from 'zod';
import { backupView } from './backup.ts';
import { domainName, hostName, mailAddress, port, smtpPassword, smtpUserName } from './fields.ts';

/** What becomes of mail of sites without a route: it leaves by the gateway's own account, or is held on the server. */
export const withoutRoute = [ 'default', 'hold' ] as const;
export type WithoutRoute = ( typeof withoutRoute )[ number ];

/** A domain, or one address of it. */
export const routeSender = z.union( [ domainName, mailAddress.toLowerCase() ], { error: 'not_a_domain' } );

/**
 * What signs in: `account` one that is saved, for who may manage them · `typed` one of this route alone · `kept` what the
 * route has already.
 */
export const routeAccount = z.discriminatedUnion( 'use', [
	z.strictObject( { use: z.literal( 'account' ), id: z.uuid() } ),
	z.strictObject( {
		use: z.literal( 'typed' ),
		...{ smtpServer: hostName, smtpPort: port, userName: smtpUserName, password: smtpPassword },
	} ),
	z.strictObject( { use: z.literal( 'kept' ) } ),
] );
export type RouteAccount = z.infer< typeof routeAccount >;

/** By which account a site's mail leaves, and what it may send as. The first sender names mail that has no domain. */
export const routeInput = z.strictObject( {
	account: routeAccount,
	senders: z.array( routeSender ).min( 1, { error: 'required' } ).max( 20, { error: 'too_long' } ),
	/**
	 * All its mail leaves as this address, in From and envelope; the site's own From becomes Reply-To, where the message has
	 * none. Null: From stays as the site wrote it.
	 */
	sendAs: mailAddress.toLowerCase().nullable().default( null ),
} );
/** Whether the one address is among the senders, else nothing would leave as it. */
export const sendsAsListed = ( { senders, sendAs }: Pick< RouteInput, 'senders' | 'sendAs' > ): boolean =>
	sendAs === null || senders.includes( sendAs ) || senders.includes( sendAs.slice( sendAs.indexOf( '@' ) + 1 ) );
export type RouteInput = z.infer< typeof routeInput >;

/** The most that one server has. */
export const mostRoutes = 100;

/** What signs in, as it is installed. */
export const routeAccountView = z.object( {
	/** The saved account that it was taken from; null: one of this route alone. */
	saved: z.object( { id: z.uuid(), name: z.string(), hasOlderValues: z.boolean() } ).nullable(),
	smtpServer: z.string(),
	smtpPort: z.number(),
	userName: z.string(),
} );

/** A route as it is installed. */
export const routeView = z.object( {
	/** Null: a saved account, which this person is not shown. */
	account: routeAccountView.nullable(),
	senders: z.array( z.string() ),
	sendAs: z.string().nullable(),
	at: z.iso.datetime(),
	/** Login. */
	by: z.string(),
	/** Null: none was chosen; also for who may not manage the accounts, who are shown the first account all along. */
	backup: backupView.nullable(),
} );
export type RouteView = z.infer< typeof routeView >;

/** An envelope sender that is not listed for the site of a Unix user. */
export const unlistedSender = z.object( {
	/** An address, or `@domain` where addresses are not kept whole. */
	sender: z.string(),
	/** Messages by sendmail, which got the user's own sender and are held, or were; and by SMTP. */
	held: z.number(),
	refused: z.number(),
	lastAt: z.iso.datetime(),
} );
export type UnlistedSender = z.infer< typeof unlistedSender >;
