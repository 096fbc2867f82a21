import { z } from 'zod';

/** What a mail domain or Thunderbird's directory tells of the server for its mail; a suggestion, not tried yet. */
export const foundSettings = z.object( {
	smtpServer: z.string(),
	smtpPort: z.number(),
	userName: z.string().nullable(),
	/** Records in DNS, a file of the mail domain itself, or Thunderbird's directory of providers. */
	source: z.enum( [ 'dns', 'mail_domain', 'directory' ] ),
} );
export type FoundSettings = z.infer< typeof foundSettings >;

/** Null where nobody tells. */
export const foundAnswer = z.object( { found: foundSettings.nullable() } );
