import { isMissed, type Row } from './compare.ts';

/** The expectations as Markdown, which reads well on a terminal too; MISSED where one is not met. */
export function renderDay( rows: readonly Row[] ): string {
	const lines = rows.map( ( row ) => {
		const { expected, met, of, examples } = row;
		const told = isMissed( row ) ? `MISSED: ${ examples.join( '; ' ) }` : 'met';
		return `| ${ expected } | ${ met } of ${ of } | ${ told.replaceAll( '|', '\\|' ) } |`;
	} );
	return [ '| Expected | Met | |', '|---|---|---|', ...lines ].join( '\n' );
}
