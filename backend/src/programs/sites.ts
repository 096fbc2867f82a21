import { cut, withoutControls } from '../ssh/text.ts';

/**
 * Reads what `sites` tells of one site after its first word (lib/sites.sh). Names are made harmless: what is not seen, and
 * what reorders text, is gone. What is no such line becomes what `facts` refuses.
 */
export function parseSite( line: string ) {
	const [ uid = '', user, folder, domain, environment ] = line.split( ' ' );
	return {
		uid: Number( uid || 'missing' ),
		user: orNull( user, 32 ),
		folder: decoded( folder ?? '', 255 ),
		domain: orNull( domain, 253 ),
		environment: orNull( environment, 16 ),
	};
}

const orNull = ( word: string | undefined, length: number ) => ( word === '-' ? null : decoded( word ?? '', length ) );

/** Percent-encoded bytes, of which not all need be UTF-8. */
function decoded( word: string, length: number ): string {
	const bytes = word.replace( /%([0-9A-F]{2})/g, ( _, hex: string ) => String.fromCharCode( parseInt( hex, 16 ) ) );
	const text = Buffer.from( bytes, 'latin1' ).toString( 'utf8' );
	return cut( withoutControls( text ).replace( /[\t\n]/g, '' ), length );
}
