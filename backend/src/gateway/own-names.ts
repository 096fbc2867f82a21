import type { GatewaySettings } from '@email-gateway/shared';
import type { Facts } from './facts.ts';

/** What DNS says of a name: whether a server takes mail for it. Names that are not there could not be asked for. */
export type TakesMail = ReadonlyMap< string, boolean >;

export interface NamesInput {
	facts: Pick< Facts, 'hostname' | 'fqdn' >;
	/** What Postfix calls itself. */
	hostname: string;
	settings: Pick< GatewaySettings, 'sendingDomain' >;
	/** Address of the site that manages the gateway. */
	siteUrl: string;
}

const isName = ( name: string ) => /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test( name );
const always = [ 'localhost', 'localhost.localdomain' ];

/** Every name by which this server may be meant in an address, first the one that is seen most. */
function ownNames( { facts, hostname }: NamesInput ): string[] {
	const names = [ hostname, facts.fqdn, facts.hostname, ...always ].map( ( name ) => name.toLowerCase() );
	return [ ...new Set( names ) ].filter( isName );
}

/** The Sending Domain, and what it lies below: on many rented servers the server is called like the domain. */
const isOfSendingDomain = ( name: string, { settings: { sendingDomain } }: NamesInput ) =>
	sendingDomain === name || sendingDomain.endsWith( `.${ name }` );

/** A domain that is the site's own, as people register it; a server’s name below one is for DNS to tell. */
function isOfSite( name: string, { siteUrl }: NamesInput ): boolean {
	const host = URL.canParse( siteUrl ) ? new URL( siteUrl ).hostname : '';
	return name.split( '.' ).length === 2 && ( host === name || host.endsWith( `.${ name }` ) );
}

/** The names whose mailboxes only DNS knows of. */
export const namesToAskFor = ( input: NamesInput ): string[] =>
	ownNames( input ).filter(
		( name ) =>
			name.includes( '.' ) &&
			! always.includes( name ) &&
			! isOfSendingDomain( name, input ) &&
			! isOfSite( name, input )
	);

/**
 * Names that mean "this server" in an address and nothing else. A domain with mailboxes is never one of them: mail to it
 * goes to its own mailboxes, whoever else is called so. Where DNS did not answer, `unknown` says what to take it for.
 */
export function localNames( input: NamesInput, takesMail: TakesMail, unknown: 'local' | 'domain' ): string[] {
	const asked = namesToAskFor( input );
	return ownNames( input ).filter( ( name ) => {
		if ( ! name.includes( '.' ) || always.includes( name ) ) {
			return true;
		}
		return asked.includes( name ) && ! ( takesMail.get( name ) ?? unknown === 'domain' );
	} );
}
