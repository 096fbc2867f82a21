import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { GatewayError } from '../errors.ts';

export type AddressKind = 'public' | 'private' | 'local' | 'metadata';

export interface Reach {
	/** Administrators may reach loopback, link-local and private addresses; nobody reaches cloud metadata. */
	mayReachLocalAddresses: boolean;
	/** Ranges in CIDR form that everybody may reach although they are private, e.g. `10.20.0.0/16`. */
	allowedPrivateRanges?: readonly string[];
}

/** A block list of CIDR ranges. A text without a prefix length is one address. */
const ranges = ( ...cidrs: readonly string[] ): BlockList => {
	const list = new BlockList();
	for ( const cidr of cidrs ) {
		const [ address = '', prefix ] = cidr.split( '/' );
		const family = isIP( address ) === 6 ? 'ipv6' : 'ipv4';
		list.addSubnet( address, Number( prefix ?? ( family === 'ipv6' ? 128 : 32 ) ), family );
	}
	return list;
};

const contains = ( list: BlockList, address: string ) => list.check( address, isIP( address ) === 6 ? 'ipv6' : 'ipv4' );

// where clouds hand out machine credentials: AWS and most others, its containers, both over IPv6; Google over IPv6;
// Alibaba, Oracle, Azure's host
const metadata = ranges(
	...[ '169.254.169.254', '169.254.170.2', '169.254.170.23', 'fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254' ],
	...[ '100.100.100.200', '192.0.0.192', '168.63.129.16' ]
);
const local = ranges(
	...[ '0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '224.0.0.0/4', '240.0.0.0/4' ],
	// besides loopback and link-local: what tunnels or translates to an IPv4 address that cannot be told from it
	...[ '::/127', 'fe80::/10', 'fec0::/10', 'ff00::/8', '2001::/32', '64:ff9b::/32' ]
);
const privateNetworks = ranges(
	'10.0.0.0/8',
	'172.16.0.0/12',
	'192.168.0.0/16',
	'100.64.0.0/10',
	'198.18.0.0/15',
	'fc00::/7'
);

/** The eight groups of an IPv6 address; a dotted tail counts as two. */
function groups( address: string ): number[] {
	const text = address
		.replace( /%.*$/, '' )
		.replace( /(\d+)\.(\d+)\.(\d+)\.(\d+)$/, ( _all, ...octets: string[] ) => {
			const [ a = 0, b = 0, c = 0, d = 0 ] = octets.slice( 0, 4 ).map( Number );
			return `${ ( a * 256 + b ).toString( 16 ) }:${ ( c * 256 + d ).toString( 16 ) }`;
		} );
	const [ head = '', tail ] = text.split( '::' );
	const parse = ( part: string ) =>
		part === '' ? [] : part.split( ':' ).map( ( group ) => parseInt( group, 16 ) );
	const left = parse( head );
	const right = parse( tail ?? '' );
	return tail === undefined
		? left
		: [ ...left, ...Array< number >( 8 - left.length - right.length ).fill( 0 ), ...right ];
}

/** The IPv4 address that an IPv6 one stands for (mapped, translated, compatible, NAT64, 6to4); else the address itself. */
export function effectiveAddress( address: string ): string {
	if ( isIP( address ) !== 6 ) {
		return address;
	}
	const g = groups( address );
	const v4 = ( high = 0, low = 0 ) => [ high >> 8, high & 255, low >> 8, low & 255 ].join( '.' );
	const leadingZeros = g.findIndex( ( group ) => group !== 0 );
	const isMapped = leadingZeros === 5 && g[ 5 ] === 0xffff;
	const isTranslated = leadingZeros === 4 && g[ 4 ] === 0xffff && g[ 5 ] === 0;
	const isCompatible = leadingZeros >= 6;
	const isNat64 = g[ 0 ] === 0x64 && g[ 1 ] === 0xff9b && g.slice( 2, 6 ).every( ( group ) => group === 0 );
	if ( isMapped || isTranslated || isCompatible || isNat64 ) {
		return v4( g[ 6 ], g[ 7 ] );
	}
	return g[ 0 ] === 0x2002 ? v4( g[ 1 ], g[ 2 ] ) : address;
}

/** What kind of network an address literal belongs to, whatever form it is written in. */
export function addressKind( literal: string ): AddressKind {
	const address = effectiveAddress( literal.replace( /%.*$/, '' ) );
	if ( contains( metadata, address ) ) {
		return 'metadata';
	}
	if ( contains( local, address ) ) {
		return 'local';
	}
	return contains( privateNetworks, address ) ? 'private' : 'public';
}

/** Whether somebody with this reach may connect to an address literal. */
export function mayReach( literal: string, { mayReachLocalAddresses, allowedPrivateRanges = [] }: Reach ): boolean {
	const kind = addressKind( literal );
	if ( kind === 'public' || kind === 'metadata' ) {
		return kind === 'public';
	}
	const isListed = () => contains( ranges( ...allowedPrivateRanges ), effectiveAddress( literal ) );
	return mayReachLocalAddresses || ( kind === 'private' && isListed() );
}

/**
 * Resolves a host name once and gives the literals to connect to, in the resolver's order.
 * Errors: server_name_not_found; server_address_refused where any of its addresses may not be reached, so that a
 * name with one harmless and one inner address is of no use.
 */
export async function resolveServer( host: string, reach: Reach ): Promise< string[] > {
	const found = isIP( host )
		? [ host ]
		: await lookup( host, { all: true } ).then(
				( all ) => all.map( ( { address } ) => address ),
				( error: NodeJS.ErrnoException ) => {
					throw new GatewayError( 'server_name_not_found', { host, reason: error.code ?? 'unknown' } );
				}
		  );
	if ( found.length === 0 ) {
		throw new GatewayError( 'server_name_not_found', { host, reason: 'no_address' } );
	}
	const refused = found.find( ( address ) => ! mayReach( address, reach ) );
	if ( refused !== undefined ) {
		throw new GatewayError( 'server_address_refused', { host, address: refused, kind: addressKind( refused ) } );
	}
	return found;
}
