import type { Resolver } from 'node:dns/promises';
import { domainName, type FoundSettings } from '@email-gateway/shared';
import { toldByFile, toldBySrv, type Told } from '../gateway/autoconfig.ts';
import { mayReach, type Reach } from '../ssh/address.ts';
import { makeResolver } from './check-sender.ts';
import { fetchText, type FetchOptions } from './fetch-text.ts';

export interface FindInput {
	address: string;
	dnsServers: readonly string[];
	/** What may be asked and suggested: public addresses, and private ones of this list. */
	allowedPrivateRanges: readonly string[];
	signal?: AbortSignal;
	/** When to stop looking; 40 seconds unless told. */
	timeoutMs?: number;
	https?: FetchOptions[ 'https' ];
}

const services = [
	{ service: '_submissions._tcp', mode: 'implicit' },
	{ service: '_submission._tcp', mode: 'starttls' },
] as const;

/**
 * The server for sending that belongs to a mail address, as its domain tells it: SRV records, then the addresses that
 * Thunderbird asks, at last its directory, which learns the domain only. Null where nobody tells, and where a server
 * is named that must not be reached. Nothing is sent to what is found. Errors: the signal's reason.
 */
export async function findSettings( input: FindInput ): Promise< FoundSettings | null > {
	const { address, dnsServers, allowedPrivateRanges, timeoutMs = 40_000, https } = input;
	const domain = domainName.safeParse( address.slice( address.lastIndexOf( '@' ) + 1 ) );
	if ( ! domain.success ) {
		return null;
	}
	const limit = AbortSignal.timeout( timeoutMs );
	const signal = input.signal ? AbortSignal.any( [ input.signal, limit ] ) : limit;
	const resolver = makeResolver( dnsServers );
	signal.addEventListener( 'abort', () => resolver.cancel(), { once: true } );
	const reach: Reach = { mayReachLocalAddresses: false, allowedPrivateRanges };
	const resolve = ( host: string ) => addressesOf( resolver, host );
	const isOutside = async ( { smtpServer }: Told ) => {
		const addresses = await resolve( smtpServer );
		return addresses.length > 0 && addresses.every( ( one ) => mayReach( one, reach ) );
	};
	const fetching: FetchOptions = { resolve, reach, signal, ...( https ? { https } : {} ) };
	try {
		for ( const ways of waysToLook( resolver, { address, domain: domain.data, fetching } ) ) {
			const answers = await Promise.all( ways.map( ( look ) => look() ) );
			for ( const found of answers ) {
				if ( found && ( await isOutside( found ) ) ) {
					return found;
				}
			}
			signal.throwIfAborted();
		}
		return null;
	} catch ( error ) {
		input.signal?.throwIfAborted();
		if ( signal.aborted ) {
			return null;
		}
		throw error;
	}
}

/** One after the other; those of one group at once, the first of them counts most. */
function waysToLook(
	resolver: Resolver,
	{ address, domain, fetching }: { address: string; domain: string; fetching: FetchOptions }
): ( () => Promise< FoundSettings | null > )[][] {
	const told = ( found: Told | null, source: FoundSettings[ 'source' ] ) => found && { ...found, source };
	const inDns = services.map( ( { service, mode } ) => async () => {
		const records = await resolver.resolveSrv( `${ service }.${ domain }` ).catch( () => [] );
		return told( toldBySrv( records, { mode, address } ), 'dns' );
	} );
	const inFile = ( url: string, source: FoundSettings[ 'source' ] ) => async () => {
		const text = await fetchText( url, fetching );
		return told( text === null ? null : toldByFile( text, address ), source );
	};
	const ownHost = `https://autoconfig.${ domain }/mail/config-v1.1.xml?emailaddress=${ encodeURIComponent(
		address
	) }`;
	const wellKnown = `https://${ domain }/.well-known/autoconfig/mail/config-v1.1.xml`;
	const directory = `https://autoconfig.thunderbird.net/v1.1/${ domain }`;
	return [
		inDns,
		[ inFile( ownHost, 'mail_domain' ), inFile( wellKnown, 'mail_domain' ) ],
		[ inFile( directory, 'directory' ) ],
	];
}

async function addressesOf( resolver: Resolver, host: string ): Promise< string[] > {
	const [ ipv4, ipv6 ] = await Promise.all( [
		resolver.resolve4( host ).catch( () => [] ),
		resolver.resolve6( host ).catch( () => [] ),
	] );
	return [ ...ipv4, ...ipv6 ];
}
