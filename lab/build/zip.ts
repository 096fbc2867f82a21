import { zipSync, type ZipOptions } from 'fflate';

export interface ZipEntry {
	/** Path within the archive, with forward slashes. */
	path: string;
	data: Buffer;
}

const options: ZipOptions = {
	level: 9,
	// the first day that a ZIP knows: the same files give the same bytes on every day
	mtime: new Date( 1980, 0, 1 ),
	// made on Unix, a regular file of mode 0644
	os: 3,
	attrs: ( 0o100644 << 16 ) >>> 0,
};

/** A ZIP archive of the entries, in order of their paths; the same entries give the same bytes. */
export function zip( entries: ZipEntry[] ): Buffer {
	const sorted = [ ...entries ].sort( ( a, b ) => ( a.path < b.path ? -1 : 1 ) );
	return Buffer.from( zipSync( Object.fromEntries( sorted.map( ( { path, data } ) => [ path, data ] ) ), options ) );
}
