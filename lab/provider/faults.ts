import { z } from 'zod';

/** Where a conversation can go wrong, in the order in which a client comes by; `message` is the end of DATA. */
export const stages = [ 'greeting', 'ehlo', 'starttls', 'auth', 'mailFrom', 'rcptTo', 'data', 'message' ] as const;

export type Stage = ( typeof stages )[ number ];

const reply = z
	.string()
	.regex(
		/^([45]\d\d-[\x20-\x7e]*\n)*[45]\d\d [\x20-\x7e]+$/,
		'must be a reply such as "550 5.7.1 Refused", or several lines of one: "550-Refused\\n550 for now"'
	);

/** At a stage: a whole reply instead of going on, or it hangs up (`drop`), or says nothing more (`silence`). */
const atStages = z.partialRecord( z.enum( stages ), z.union( [ z.enum( [ 'drop', 'silence' ] ), reply ] ) );

/** What the provider does wrong on demand; an empty object is a provider in good health. */
const faults = z.strictObject( {
	at: atStages.optional(),
	/** The same for some accounts, by user name, from the stage `auth` on. */
	atAccount: z.record( z.string(), atStages ).optional(),
	/** The same for mail to some recipients, by address or `@domain`, from the stage `rcptTo` on. */
	atRecipient: z.record( z.string(), atStages ).optional(),
	/** Waits this long before each reply: the greeting, every command's, a message's. */
	replyDelayMs: z.number().int().min( 0 ).max( 120_000 ).optional(),
	/** The greeting comes this much later: a provider that has too much to do. */
	greetingDelayMs: z.number().int().min( 0 ).max( 120_000 ).optional(),
	/** Refuses each recipient, or each of that `@domain`, for now and takes it when it is tried again. */
	greylist: z.union( [ z.boolean(), z.string().regex( /^@[^@]+$/ ) ] ).optional(),
	/** The mechanisms it offers instead of PLAIN and LOGIN; none: it offers no sign-in. */
	authMethods: z.array( z.enum( [ 'PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2' ] ) ).optional(),
	/** Does not offer STARTTLS, as where somebody on the way takes it out. */
	noStarttls: z.boolean().optional(),
	/** Speaks nothing newer than TLS 1.1. */
	oldTls: z.boolean().optional(),
	/** Implicit TLS where STARTTLS is expected, and the reverse. */
	wrongMode: z.boolean().optional(),
	/** The size it announces and keeps to. */
	maxMessageBytes: z.number().int().min( 1 ).optional(),
	/** Ports that it does not listen on. */
	closedPorts: z.array( z.number().int() ).optional(),
	/** Listens on no port. */
	down: z.boolean().optional(),
	/** The lab's resolver answers nobody. */
	resolverDown: z.boolean().optional(),
} );

export type Faults = z.infer< typeof faults >;

/**
 * Reads the faults that somebody asks for.
 *
 * @throws Error that names what is unknown or wrong
 */
export function parseFaults( input: unknown ): Faults {
	const parsed = faults.safeParse( input );
	if ( ! parsed.success ) {
		throw new Error( z.prettifyError( parsed.error ) );
	}
	return parsed.data;
}

/** A refusal as smtp-server wants it: the code apart from the text, which is a list where it has several lines. */
export function replyError( reply: string ): Error & { responseCode: number } {
	const lines = reply.split( '\n' ).map( ( line ) => line.slice( 4 ) );
	return Object.assign( new Error( lines[ 0 ] ), {
		responseCode: Number( reply.slice( 0, 3 ) ),
		...( lines.length > 1 && { message: lines as unknown as string } ),
	} );
}
