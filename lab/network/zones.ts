import type { MxData, SrvData } from 'dns-packet';
import { mailDomains } from './mail-domains.ts';
import { senderDomains } from './sender-domains.ts';

/** What the lab's DNS says about one name. */
export interface Records {
	A?: string[];
	AAAA?: string[];
	/** Alone: whatever is asked, the answer is that of the other name. */
	CNAME?: string;
	MX?: MxData[];
	SRV?: SrvData[];
	/** Strings of any length; the resolver cuts them into pieces of 255 octets as DNS wants it. */
	TXT?: string[];
	/** Whatever is asked, the answer is SERVFAIL, as from a zone whose servers are gone. */
	broken?: true;
}

export type Zones = Record< string, Records >;

/**
 * Everything the lab's DNS knows; every other name does not exist.
 *
 * @param provider the provider's host name
 * @param addresses mail: where the provider listens; web: where mail domains show their settings (autoconfig.ts)
 */
export function labZones( provider: string, { mail, web }: { mail: string; web?: string | undefined } ): Zones {
	const domain = provider.slice( provider.indexOf( '.' ) + 1 );
	return {
		[ provider ]: { A: [ mail ] },
		// Known here only, while the provider's own name is in each server's hosts file too.
		[ `mail.${ domain }` ]: { A: [ mail ] },
		// Its IPv6 leads nowhere (RFC 3849), as on many servers.
		[ `dual.${ domain }` ]: { A: [ mail ], AAAA: [ '2001:db8::25' ] },
		[ `only6.${ domain }` ]: { AAAA: [ '2001:db8::25' ] },
		[ `broken.${ domain }` ]: { broken: true },
		...mailDomains( provider, web ),
		...senderDomains( domain, mail ),
	};
}
