// C0 without tab and line feed, DEL and C1; the bidi controls; zero-width and line separators that hide or reorder text.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * What a server printed, as harmless text: control, bidi and invisible characters are removed, tab and line feed stay.
 * An escape sequence loses its ESC and with it its effect; its visible rest stays.
 */
export function withoutControls( text: string ): string {
	return text.replace( controls, '' );
}

/** One short sentence of a server, for the detail of an error: one line, at most 512 characters. */
export function excerpt( text: string ): string {
	return withoutControls( text ).replace( /\s+/gu, ' ' ).trim().slice( 0, 512 );
}
