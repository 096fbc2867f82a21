import type { Zones } from './zones.ts';

/** Domains whose mail settings can be found by an address in them, each in its own way, or not at all. */
export const autoconfigDomains = {
	/** Thunderbird's first place: a host of its own. */
	ownHost: 'by-autoconfig.test',
	/** Thunderbird's second place, on the domain's web server. */
	wellKnown: 'by-well-known.test',
	/** Offers nothing but a connection without encryption. */
	plain: 'by-plain.test',
	/** Names a server inside somebody's network. */
	inner: 'by-inner.test',
	/** Tries to blow up whoever reads it: entities of entities. */
	bomb: 'by-bomb.test',
	/** Sends an answer of 2 MiB. */
	huge: 'by-huge.test',
	/** Redirects to an inner address. */
	redirect: 'by-redirect.test',
} as const;

/** @param web where their settings are served over https; undefined: nowhere, only the SRV records are there */
export function mailDomains( provider: string, web: string | undefined ): Zones {
	const MX = [ { preference: 10, exchange: provider } ];
	const served = Object.values( autoconfigDomains ).flatMap( ( domain ): [ string, Zones[ string ] ][] => {
		const at = web === undefined ? {} : { A: [ web ] };
		return domain === autoconfigDomains.wellKnown
			? [ [ domain, { ...at, MX } ] ]
			: [
					[ domain, { MX } ],
					[ `autoconfig.${ domain }`, at ],
			  ];
	} );
	return {
		...Object.fromEntries( served ),
		// RFC 6186 and 8314
		'by-srv.test': { MX },
		'_submissions._tcp.by-srv.test': { SRV: [ { port: 465, target: provider } ] },
		'_submission._tcp.by-srv.test': { SRV: [ { priority: 10, port: 587, target: provider } ] },
		'by-submission.test': { MX },
		'_submission._tcp.by-submission.test': {
			SRV: [
				{ priority: 20, port: 2525, target: provider },
				{ priority: 10, port: 587, target: provider },
			],
		},
		// "No such service here": a target of one dot.
		'srv-refused.test': { MX },
		'_submissions._tcp.srv-refused.test': { SRV: [ { port: 0, target: '.' } ] },
		'_submission._tcp.srv-refused.test': { SRV: [ { port: 0, target: '.' } ] },
		'srv-inner.test': { MX },
		'_submission._tcp.srv-inner.test': { SRV: [ { port: 587, target: 'inner.srv-inner.test' } ] },
		'inner.srv-inner.test': { A: [ '127.0.0.1' ] },
		'srv-broken.test': { MX },
		'_submissions._tcp.srv-broken.test': { broken: true },
		'nothing-told.test': { MX },
	};
}
