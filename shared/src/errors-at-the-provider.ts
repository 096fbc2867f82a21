import { z } from 'zod';
import { causes } from './diagnosis.ts';
import { count, failure, flag, list, maybe, text } from './failure.ts';

const asked = {
	host: maybe( text ),
	port: maybe( count ),
	/** Absent where it is not told apart. */
	cause: maybe( z.enum( causes ) ),
	/** The provider's own words. */
	reply: maybe( text ),
	/** The SMTP command that was answered. */
	stage: z.string().nullable().optional().catch( undefined ),
	/** Ports to use instead; those that nothing answers at. */
	openPorts: maybe( list ),
	silentPorts: maybe( list ),
	/** Who issued the certificate, and whether the form has a CA Certificate. */
	issuer: maybe( text ),
	hasOwnCa: maybe( flag ),
};

/** The provider, asked from the server before anything is changed. */
export const errorsAtTheProvider = {
	provider_name_not_found: failure( 502, asked ),
	provider_port_closed: failure( 502, asked ),
	provider_port_blocked: failure( 502, asked ),
	provider_tls_failed: failure( 502, asked ),
	provider_certificate_refused: failure( 502, asked ),
	provider_login_refused: failure( 502, asked ),
	provider_unavailable: failure( 502, asked ),
};
export type ProviderErrorCode = keyof typeof errorsAtTheProvider;
