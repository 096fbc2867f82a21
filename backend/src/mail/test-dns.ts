// Only for tests: a DNS server that knows a few records and says of every other name that it does not exist.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export type TestZone = Record<
	string,
	| { TXT?: string[]; A?: string[]; MX?: string[]; SRV?: { name: string; port: number; priority?: number }[] }
	| 'silent'
>;

export interface TestDns {
	/** `address:port`, as `dnsServers` wants it. */
	address: string;
	/** Every name that was asked for, with its type. */
	asked: string[];
	stop(): void;
}

const types = { A: 1, MX: 15, TXT: 16, SRV: 33 } as const;

const nameBytes = ( name: string ) =>
	Buffer.concat( [
		...name
			.split( '.' )
			.filter( ( label ) => label !== '' )
			.map( ( label ) => Buffer.from( `${ String.fromCharCode( label.length ) }${ label }`, 'latin1' ) ),
		Buffer.alloc( 1 ),
	] );

const txtBytes = ( text: string ) =>
	Buffer.concat(
		( text.match( /.{1,255}/gs ) ?? [] ).map( ( part ) =>
			Buffer.concat( [ Buffer.from( [ part.length ] ), Buffer.from( part, 'latin1' ) ] )
		)
	);

function srvBytes( { name, port, priority = 0 }: { name: string; port: number; priority?: number } ): Buffer {
	const head = Buffer.alloc( 6 );
	head.writeUInt16BE( priority, 0 );
	head.writeUInt16BE( port, 4 );
	return Buffer.concat( [ head, nameBytes( name ) ] );
}

/** @param port below 1024 needs root; 0 lets the system choose */
export async function startTestDns( zone: TestZone, { port = 0 } = {} ): Promise< TestDns > {
	const asked: string[] = [];
	const socket = createSocket( 'udp4' );
	socket.on( 'message', ( query, { address, port: from } ) => {
		const labels: string[] = [];
		let at = 12;
		for ( let length = query[ at ] ?? 0; length > 0; length = query[ at ] ?? 0 ) {
			labels.push( query.toString( 'latin1', at + 1, at + 1 + length ) );
			at += length + 1;
		}
		const name = labels.join( '.' ).toLowerCase();
		const type = query.readUInt16BE( at + 1 );
		asked.push(
			`${ Object.entries( types ).find( ( [ , number ] ) => number === type )?.[ 0 ] ?? type } ${ name }`
		);
		const known = zone[ name ];
		if ( known === 'silent' ) {
			return;
		}
		const data =
			type === types.TXT
				? ( known?.TXT ?? [] ).map( txtBytes )
				: type === types.A
				? ( known?.A ?? [] ).map( ( ip ) => Buffer.from( ip.split( '.' ).map( Number ) ) )
				: type === types.SRV
				? ( known?.SRV ?? [] ).map( srvBytes )
				: type === types.MX
				? ( known?.MX ?? [] ).map( ( name ) => Buffer.concat( [ Buffer.alloc( 2 ), nameBytes( name ) ] ) )
				: [];
		const head = Buffer.alloc( 12 );
		query.copy( head, 0, 0, 2 );
		head.writeUInt16BE( 0x8580 | ( known ? 0 : 3 ), 2 );
		head.writeUInt16BE( 1, 4 );
		head.writeUInt16BE( data.length, 6 );
		const answers = data.map( ( bytes ) => {
			const record = Buffer.alloc( 12 );
			record.writeUInt16BE( 0xc00c, 0 );
			record.writeUInt16BE( type, 2 );
			record.writeUInt16BE( 1, 4 );
			record.writeUInt16BE( bytes.length, 10 );
			return Buffer.concat( [ record, bytes ] );
		} );
		socket.send( Buffer.concat( [ head, query.subarray( 12, at + 5 ), ...answers ] ), from, address );
	} );
	socket.bind( port, '127.0.0.1' );
	await once( socket, 'listening' );
	return { address: `127.0.0.1:${ socket.address().port }`, asked, stop: () => socket.close() };
}
