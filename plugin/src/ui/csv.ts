/** A spreadsheet takes these at the start of a cell for a formula; a tab or line break may stand before it. */
const formula = /^[=+\-@\t\r\n]/;

/** One cell, quoted. What a spreadsheet would compute gets an apostrophe in front, which makes it text. */
function cell( text: string ): string {
	const harmless = formula.test( text ) ? `'${ text }` : text;
	return `"${ harmless.replaceAll( '"', '""' ) }"`;
}

/** RFC 4180 text, with a byte order mark so that spreadsheets read it as UTF-8. */
export function csv( rows: readonly ( readonly string[] )[] ): string {
	return '\uFEFF' + rows.map( ( row ) => row.map( cell ).join( ',' ) + '\r\n' ).join( '' );
}
