/** An ar archive, which is what a Debian package is, of files of root and of one time (seconds since the epoch). */
export function ar( files: { name: string; data: Buffer }[], { madeAt }: { madeAt: number } ): Buffer {
	const members = files.flatMap( ( { name, data } ) => {
		const fields = [
			name.padEnd( 16 ),
			`${ madeAt }`.padEnd( 12 ),
			'0'.padEnd( 6 ),
			'0'.padEnd( 6 ),
			'100644'.padEnd( 8 ),
			`${ data.length }`.padEnd( 10 ),
			'`\n',
		];
		return [ Buffer.from( fields.join( '' ), 'latin1' ), data, Buffer.from( '\n'.repeat( data.length % 2 ) ) ];
	} );
	return Buffer.concat( [ Buffer.from( '!<arch>\n' ), ...members ] );
}
