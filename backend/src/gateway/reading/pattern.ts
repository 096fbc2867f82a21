/**
 * Phrases of the lexicon are written once and read twice: by this program, and by Postfix's regexp(5) tables (POSIX ERE,
 * case ignored). So they use what both have: letters, `|`, `( )`, `?`, `*`, `+`, `[ ]`, and three marks of ours:
 *
 * - a space is anything without letters, so that punctuation and the codes of a reply's further lines do not part words
 * - `_` is the end of a word; the beginning of a phrase is always the beginning of one
 * - a letter with an accent is also met without it, as it is, and as the `?` that Postfix logs for each of its bytes
 */
export const toPosix = ( phrase: string ): string =>
	translate( phrase, { some: '[^a-z]+', any: '[^a-z]*', bound: '' } );

// a reply is a stranger's: what backtracks is bounded
const toScript = ( phrase: string ): string =>
	translate( phrase, {
		some: '[^a-z]{1,40}',
		any: '[^a-z]{0,40}',
		bound: '{0,200}',
	} );

const translate = ( phrase: string, { some, any, bound }: { some: string; any: string; bound: string } ): string =>
	phrase.replace( /(\[\^?\]?[^\]]*\])(\*?)|[ß-ÿ]| \??|_/g, ( mark, bracket?: string, many?: string ) => {
		if ( bracket !== undefined ) {
			return `${ bracket }${ many && bound ? bound : many }`;
		}
		if ( mark.startsWith( ' ' ) ) {
			return mark === ' ' ? some : any;
		}
		return mark === '_' ? '([^a-z]|$)' : `(${ withoutAccents( mark ) }|[^ ->@-~][^ ->@-~]?)`;
	} );

/** Whether regexp(5) and JavaScript read it alike, and nothing in it ends the pattern in a table. */
export const isPortable = ( phrase: string ): boolean =>
	/^[ -~ß-ÿ]+$/.test( phrase ) && ! /[\\/{}$]|\^(?<!\[\^)|\(\?|[*+?][*+?]|\[:/.test( phrase );

export const withoutAccents = ( text: string ): string =>
	text
		.normalize( 'NFD' )
		.replace( /\p{Mn}/gu, '' )
		.replaceAll( 'ß', 'ss' );

/** Phrases in other alphabets are read as they are: nothing is left of them in a log, so no table has them. */
export function toRegExp( phrases: readonly string[] ): RegExp {
	const all = phrases.map( ( phrase ) =>
		isPortable( phrase ) ? `[^a-z](?:${ toScript( phrase ) })` : bounded( phrase )
	);
	return new RegExp( all.join( '|' ), 'is' );
}

const bounded = ( phrase: string ) => phrase.replaceAll( ']*', ']{0,200}' );
