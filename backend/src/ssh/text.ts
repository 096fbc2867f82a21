// C0 without tab and line feed, DEL and C1; whatever is not seen and hides or reorders text: bidi controls, zero-width
// characters, fillers, tags; line separators.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * What a server printed, as harmless text: control, bidi and invisible characters are removed, tab and line feed stay.
 * An escape sequence loses its ESC and with it its effect; its visible rest stays.
 */
export function withoutControls( text: string ): string {
	return text.replace( controls, '' );
}

/** A text for a terminal, where it is not told otherwise: what withoutControls() would remove is spelled out, as JSON may. */
export function spelledOut( text: string ): string {
	return text.replace( controls, ( character ) =>
		Array.from( { length: character.length }, ( _, at ) => {
			const unit = character.charCodeAt( at ).toString( 16 );
			return `\\u${ unit.padStart( 4, '0' ) }`;
		} ).join( '' )
	);
}

/** The first characters of a text. One that is cut in halves becomes the replacement character: no database takes a half. */
export function cut( text: string, maxCharacters: number ): string {
	return text.slice( 0, maxCharacters ).toWellFormed();
}

/** One short sentence of a server, for the detail of an error: one line, at most 512 characters. */
export function excerpt( text: string ): string {
	return cut( withoutControls( text ).replace( /\s+/gu, ' ' ).trim(), 512 );
}
