/** A regexp_table(5) of Postfix, as far as status-filter.ts uses it. */
export function readTable( text: string ): ( input: string ) => string | null {
	const lines = text.split( '\n' ).filter( ( line ) => line !== '' && ! line.startsWith( '#' ) );
	const steps = lines.map( ( line ) => {
		const [ , keyword, not, pattern, result ] = /^(if |endif)?(!?)(?:\/(.*)\/)?(?: (.*))?$/.exec( line ) ?? [];
		const regExp = new RegExp( pattern ?? '', 'is' );
		return { keyword, result, fits: ( input: string ) => regExp.test( input ) !== ( not === '!' ), regExp };
	} );
	return ( input ) => {
		let skipping = 0;
		for ( const { keyword, result = '', fits, regExp } of steps ) {
			if ( keyword === 'endif' ) {
				skipping = Math.max( 0, skipping - 1 );
			} else if ( skipping > 0 ) {
				skipping += keyword === 'if ' ? 1 : 0;
			} else if ( keyword === 'if ' ) {
				skipping = fits( input ) ? 0 : 1;
			} else if ( fits( input ) ) {
				return result.replace( /\$1/g, () => regExp.exec( input )?.[ 1 ] ?? '' );
			}
		}
		return null;
	};
}
