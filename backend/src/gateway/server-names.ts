import type { GatewaySettings } from '@email-gateway/shared';
import type { Facts } from './facts.ts';
import type { NamesInput } from './own-names.ts';

/** The names of a server, and what Postfix calls itself: its own name where that is whole, else one below the Sending Domain. */
export function namesOf( settings: GatewaySettings, siteUrl: string, facts: Facts ): NamesInput {
	const isUsable = /^(?!localhost)[a-z0-9-]+(\.[a-z0-9-]+)+$/.test( facts.fqdn );
	const shortName =
		facts.hostname
			.split( '.' )[ 0 ]
			?.toLowerCase()
			.replace( /[^a-z0-9-]/g, '' ) || 'server';
	const hostname =
		settings.serverHostname ?? ( isUsable ? facts.fqdn : `${ shortName }.${ settings.sendingDomain }` );
	return { facts, hostname, settings, siteUrl };
}
