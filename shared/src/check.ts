import { z } from 'zod';
import { providerFailure } from './errors.ts';
import { senderCheck } from './sender.ts';

/** How a port of the provider answers the server: refused at once, or not at all within eight seconds. */
export const portStates = [ 'open', 'closed', 'silent' ] as const;
export type PortState = ( typeof portStates )[ number ];

/** TLS from the first byte, or SMTP in clear with or without STARTTLS. */
export const portSpeeches = [ 'implicit', 'starttls', 'plain' ] as const;
export type PortSpeech = ( typeof portSpeeches )[ number ];

const portState = z.enum( portStates );
/** One port of the provider. What is null was not looked at: results from before it was looked at hold none of it. */
export const checkedPort = z.object( {
	port: z.number(),
	/** The better one of the two below. */
	state: portState,
	/** Null where the provider's name or the server has no such address. */
	ipv4: portState.nullable().default( null ),
	ipv6: portState.nullable().default( null ),
	/** What an open port really speaks; null where that is not SMTP. */
	speaks: z.enum( portSpeeches ).nullable().default( null ),
} );
export type CheckedPort = z.infer< typeof checkedPort >;

/** The encryption that was seen at the chosen port, judged or not. */
export const seenTls = z.object( {
	mode: z.enum( [ 'implicit', 'starttls' ] ),
	/** E.g. `TLSv1.3`. */
	version: z.string(),
	/** DNS names and addresses in the certificate, at most 20. */
	names: z.array( z.string() ),
	issuer: z.string().nullable(),
	expiresAt: z.iso.datetime().nullable(),
	/** Whether the CA store of the server verifies it too; null where the server could not tell. Only reported. */
	serverStoreAgrees: z.boolean().nullable(),
} );
export type SeenTls = z.infer< typeof seenTls >;

/** What Check Settings saw from the server, whether it would go well or not. Nothing was changed, nothing sent. */
export const checkedSettings = z.object( {
	port: z.number(),
	/** The ports of the provider, in the order in which to try them; empty where nothing could be looked at. */
	ports: z.array( checkedPort ),
	/** Null where no encrypted connection came about. */
	tls: seenTls.nullable(),
	login: z.enum( [ 'accepted', 'refused', 'not_tried' ] ),
	/** Why mail would not go; null where it would, as far as can be seen without sending. */
	problem: providerFailure.nullable(),
	/** Why nothing was looked at. */
	skipped: z.literal( 'forwarding_forbidden' ).nullable(),
	/** Ports to use instead, where the chosen one is of no use: open, and speaking as their number says. */
	openPorts: z.array( z.number() ),
	/** What receivers will make of the Sending Domain. Absent in results from before it was looked at. */
	sender: senderCheck.nullable().default( null ),
} );
export type CheckedSettings = z.infer< typeof checkedSettings >;
