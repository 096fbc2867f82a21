import { z } from 'zod';

/** The Unix user as whom a test email was handed over, and the account by which its mail leaves. */
export const sentAs = z.object( {
	uid: z.number(),
	user: z.string(),
	/** False: its mail leaves by the account of the gateway. */
	hasRoute: z.boolean(),
	/** `name`: of a saved account. Null: no account is known, or this person is not shown it. */
	account: z.object( { name: z.string().nullable(), smtpServer: z.string(), userName: z.string() } ).nullable(),
} );
export type SentAs = z.infer< typeof sentAs >;
