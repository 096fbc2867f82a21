import { z } from 'zod';
import { errorCode, errorDetail } from './errors.ts';
import { senderCheck } from './sender.ts';

/** How a port of the provider answers the server: refused at once, or not at all within eight seconds. */
export const portStates = [ 'open', 'closed', 'silent' ] as const;
export type PortState = ( typeof portStates )[ number ];

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
	ports: z.array( z.object( { port: z.number(), state: z.enum( portStates ) } ) ),
	/** Null where no encrypted connection came about. */
	tls: seenTls.nullable(),
	login: z.enum( [ 'accepted', 'refused', 'not_tried' ] ),
	/** Why mail would not go; null where it would, as far as can be seen without sending. */
	problem: z.object( { code: errorCode, detail: errorDetail } ).nullable(),
	/** Why nothing was looked at. */
	skipped: z.literal( 'forwarding_forbidden' ).nullable(),
	/** Open ports to use instead, where the chosen one is not open. */
	openPorts: z.array( z.number() ),
	/** What receivers will make of the Sending Domain. Absent in results from before it was looked at. */
	sender: senderCheck.nullable().default( null ),
} );
export type CheckedSettings = z.infer< typeof checkedSettings >;
