/** How one fault ended, as one line of the table. */
export interface Row {
	name: string;
	goesWrong: string;
	happened: string;
	survived: boolean;
	seconds: number;
}

const head = '| Name | What goes wrong | What happened | Survived | Seconds |\n|---|---|---|---|---|';

/** The rows as Markdown, which reads well on a terminal too. */
export function renderTable( rows: readonly Row[] ): string {
	const lines = rows.map( ( { name, goesWrong, happened, survived, seconds } ) =>
		[ '', name, cell( goesWrong ), cell( happened ), survived ? 'yes' : '**no**', String( seconds ), '' ]
			.join( ' | ' )
			.trim()
	);
	return [ head, ...lines ].join( '\n' );
}

/** Rows as they stand in a table that renderTable wrote. */
export function readTable( markdown: string ): Row[] {
	return markdown.split( '\n' ).flatMap( ( line ) => {
		const cells = line.split( ' | ' ).map( ( text ) => text.replace( /^\| | \|$/g, '' ) );
		const [ name = '', goesWrong = '', happened = '', survived = '', seconds = '' ] = cells;
		return cells.length === 5 && /^[a-z0-9_]+$/.test( name ) && /^\d+$/.test( seconds )
			? [ { name, goesWrong, happened, survived: survived === 'yes', seconds: Number( seconds ) } ]
			: [];
	} );
}

/** What people write below the table, from its heading on, with the empty line before it; '' where there is nothing. */
export function findingsOf( markdown: string ): string {
	const at = markdown.indexOf( '\n## Findings\n' );
	return at < 0 ? '' : markdown.slice( at );
}

/** New rows in the place of those of the same name; rows of faults that are no longer known are dropped. */
export function mergeRows( known: readonly string[], before: readonly Row[], now: readonly Row[] ): Row[] {
	return known.flatMap( ( name ) => {
		const row = now.find( ( one ) => one.name === name ) ?? before.find( ( one ) => one.name === name );
		return row === undefined ? [] : [ row ];
	} );
}

/** Text from a server must not end a cell or a line. */
const cell = ( text: string ) => text.replace( /\s+/g, ' ' ).replaceAll( '|', '\\|' ).trim().slice( 0, 700 );
