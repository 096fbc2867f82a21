import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
	/** Path within the archive, with forward slashes. */
	path: string;
	data: Buffer;
}

// 1 January 1980, the first day a ZIP knows: the same files give the same bytes on every day.
const dosDate = 0x21;
const dosTime = 0;
const utf8Names = 0x0800;
const deflated = 8;
const madeOnUnix = 3 << 8;
const regularFile0644 = 0o100644;

/** A ZIP archive of the entries, in order of their paths; the same entries give the same bytes. */
export function zip( entries: ZipEntry[] ): Buffer {
	const sorted = [ ...entries ].sort( ( a, b ) => ( a.path < b.path ? -1 : 1 ) );
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for ( const { path, data } of sorted ) {
		const [ name, packed ] = [ Buffer.from( path ), deflateRawSync( data, { level: 9 } ) ];
		const common = commonHeader( { name, data, packed } );
		const local = Buffer.concat( [ uint32( 0x04034b50 ), common, uint16( 0 ), name, packed ] );
		const madeBy = uint16( madeOnUnix | 20 );
		const attributes = uint32( ( regularFile0644 << 16 ) >>> 0 );
		directory.push(
			Buffer.concat( [
				...[ uint32( 0x02014b50 ), madeBy, common ],
				// no extra field, no comment, first disk, no internal attributes
				...[ uint16( 0 ), uint16( 0 ), uint16( 0 ), uint16( 0 ), attributes, uint32( offset ), name ],
			] )
		);
		parts.push( local );
		offset += local.length;
	}
	const index = Buffer.concat( directory );
	const count = uint16( sorted.length );
	const end = Buffer.concat( [
		uint32( 0x06054b50 ),
		uint16( 0 ),
		uint16( 0 ),
		count,
		count,
		uint32( index.length ),
		uint32( offset ),
		uint16( 0 ),
	] );
	return Buffer.concat( [ ...parts, index, end ] );
}

/** What the local header and the central directory say alike, up to the length of the name. */
function commonHeader( { name, data, packed }: { name: Buffer; data: Buffer; packed: Buffer } ): Buffer {
	return Buffer.concat( [
		...[ uint16( 20 ), uint16( utf8Names ), uint16( deflated ), uint16( dosTime ), uint16( dosDate ) ],
		...[ uint32( crc32( data ) ), uint32( packed.length ), uint32( data.length ), uint16( name.length ) ],
	] );
}

function uint16( value: number ): Buffer {
	const buffer = Buffer.alloc( 2 );
	buffer.writeUInt16LE( value );
	return buffer;
}

function uint32( value: number ): Buffer {
	const buffer = Buffer.alloc( 4 );
	buffer.writeUInt32LE( value );
	return buffer;
}
