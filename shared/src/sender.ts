import { z } from 'zod';

/** A record that its owner adds to a zone, or puts in the place of the one it names. */
export const dnsRecord = z.object( {
	type: z.enum( [ 'TXT', 'CNAME' ] ),
	name: z.string(),
	value: z.string(),
	/** The text that it stands in for; null where there is none yet. */
	replaces: z.string().nullable(),
} );
export type DnsRecord = z.infer< typeof dnsRecord >;

/**
 * What receivers will make of mail from the Sending Domain through this provider, as far as DNS tells. The envelope
 * sender is what SPF judges; the header From is what DMARC judges, by an aligned DKIM signature or an aligned SPF.
 */
export const senderCheck = z.object( {
	domain: z.string(),
	/**
	 * Of the header From. rewritten: the provider puts the address of the account there · foreign_domain: a domain of
	 * another mailbox provider, which alone can sign for it.
	 */
	verdict: z.enum( [ 'passes', 'fails', 'cannot_tell', 'rewritten', 'foreign_domain', 'no_such_domain' ] ),
	spf: z.object( {
		/** not_needed: the envelope sender is a domain of the provider itself. */
		state: z.enum( [
			'passes',
			'missing',
			'lacks_provider',
			'several_records',
			'broken',
			// it leads back to itself
			'loops',
			'too_many_lookups',
			'not_needed',
			'cannot_tell',
		] ),
		record: z.string().nullable(),
		/** DNS look-ups that the record costs, of ten that are allowed; null where not all of it could be read. */
		lookups: z.number().nullable(),
	} ),
	dkim: z.object( {
		/** by_provider: the domain is the provider's own. */
		state: z.enum( [ 'found', 'missing', 'by_provider', 'cannot_tell' ] ),
		/** Selectors at which a key was found, or at which it should be. */
		selectors: z.array( z.string() ),
	} ),
	dmarc: z.object( {
		state: z.enum( [ 'found', 'missing', 'several_records', 'cannot_tell' ] ),
		policy: z.enum( [ 'none', 'quarantine', 'reject' ] ).nullable(),
		/** The domain whose record counts: this one or one above it. */
		at: z.string().nullable(),
	} ),
	toAdd: z.array( dnsRecord ),
} );
export type SenderCheck = z.infer< typeof senderCheck >;
