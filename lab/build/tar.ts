export interface TarEntry {
	/** Relative, with forward slashes, without a slash at the end. */
	path: string;
	kind: 'file' | 'folder' | 'link';
	mode: number;
	/** Of a file. */
	data?: Buffer;
	/** Where a link leads. */
	target?: string;
}

const blockSize = 512;

/**
 * A tar archive (ustar) of the entries, in order of their paths, all owned by root and of one time: the same entries give
 * the same bytes. Errors: an Error for a path that ustar has no room for.
 *
 * @param madeAt seconds since the epoch
 */
export function tar( entries: TarEntry[], { madeAt }: { madeAt: number } ): Buffer {
	const sorted = [ ...entries ].sort( ( a, b ) => ( a.path < b.path ? -1 : 1 ) );
	const blocks = sorted.flatMap( ( entry ) => {
		const data = entry.data ?? Buffer.alloc( 0 );
		return [ headerOf( entry, data.length, madeAt ), data, Buffer.alloc( -data.length & ( blockSize - 1 ) ) ];
	} );
	return Buffer.concat( [ ...blocks, Buffer.alloc( 2 * blockSize ) ] );
}

const types = { file: '0', folder: '5', link: '2' } as const;

function headerOf( { path, kind, mode, target = '' }: TarEntry, size: number, madeAt: number ): Buffer {
	const header = Buffer.alloc( blockSize );
	const octal = ( value: number, length: number ) => `${ value.toString( 8 ).padStart( length - 1, '0' ) }\0`;
	const [ prefix, name ] = splitPath( `./${ path }${ kind === 'folder' && path !== '' ? '/' : '' }` );
	const fields: [ number, string ][] = [
		[ 0, name ],
		[ 100, octal( mode, 8 ) ],
		[ 108, octal( 0, 8 ) ],
		[ 116, octal( 0, 8 ) ],
		[ 124, octal( size, 12 ) ],
		[ 136, octal( madeAt, 12 ) ],
		// the checksum is counted with blanks in its own place
		[ 148, ' '.repeat( 8 ) ],
		[ 156, types[ kind ] ],
		[ 157, target ],
		[ 257, 'ustar\x0000' ],
		[ 265, 'root' ],
		[ 297, 'root' ],
		[ 345, prefix ],
	];
	fields.forEach( ( [ at, text ] ) => header.write( text, at, 'latin1' ) );
	const sum = header.reduce( ( total, byte ) => total + byte, 0 );
	header.write( `${ sum.toString( 8 ).padStart( 6, '0' ) }\0 `, 148, 'latin1' );
	return header;
}

/** A path of up to 100 bytes, or one that is cut at a slash: up to 155 before and 100 behind it. */
function splitPath( path: string ): [ prefix: string, name: string ] {
	if ( /[^\x20-\x7e]/.test( path ) ) {
		throw new Error( `${ path } is not plain ASCII.` );
	}
	if ( path.length <= 100 ) {
		return [ '', path ];
	}
	const cut = path.indexOf( '/', path.length - 101 );
	if ( cut < 1 || cut > 155 || cut === path.length - 1 ) {
		throw new Error( `${ path } is too long for a tar archive.` );
	}
	return [ path.slice( 0, cut ), path.slice( cut + 1 ) ];
}
