import type { Facts } from './facts.ts';

type Socket = Facts[ 'listens' ][ number ];

const loopback = [ '0100007F', '00000000000000000000000001000000' ];
const everywhere = [ '00000000', '00000000000000000000000000000000' ];

/** The only sockets that Postfix may have here: port 25 of 127.0.0.1 and of ::1. */
export const isLoopback = ( { address, port }: Socket ) => port === 25 && loopback.includes( address );

/** Whether somebody else's socket on port 25 keeps Postfix from its own. */
export const isInTheWay = ( { address }: Pick< Socket, 'address' > ) =>
	loopback.includes( address ) || everywhere.includes( address );

/** `0.0.0.0:25`, `[::]:25`: from the hexadecimal of /proc/net/tcp, whose 32-bit words are little-endian. */
export const socketName = ( { address, port }: Socket ) => `${ addressName( address ) }:${ port }`;

export function addressName( hexadecimal: string ): string {
	const bytes = ( hexadecimal.match( /.{8}/g ) ?? [] ).flatMap( ( word ) => ( word.match( /../g ) ?? [] ).reverse() );
	if ( bytes.length === 4 ) {
		return bytes.map( ( byte ) => Number.parseInt( byte, 16 ) ).join( '.' );
	}
	const groups = ( bytes.join( '' ).match( /.{4}/g ) ?? [] ).map( ( group ) =>
		Number.parseInt( group, 16 ).toString( 16 )
	);
	return new URL( `http://[${ groups.join( ':' ) }]` ).hostname;
}
