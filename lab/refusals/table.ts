import { isAsLabelled, isLost, isUnread, type Played } from './play.ts';

/** One row for each refusal and server, and what it comes to for each group. */
export function renderRefusals( played: readonly Played[] ): string {
	const head = [
		'Whose',
		'At',
		'The provider says',
		'Server',
		'The mail',
		'A test email says',
		'Arrives',
		'As labelled',
	];
	const rows = played.map( ( one ) => [
		one.refusal.whose,
		one.refusal.stage,
		short( one.refusal.reply ),
		one.kind,
		one.became,
		one.test,
		arrivals( one ),
		isAsLabelled( one ) ? 'yes' : isUnread( one ) ? 'waits, for nothing tells' : 'NO',
	] );
	const all = [ head, ...rows ];
	const widths = head.map( ( _, column ) => Math.max( ...all.map( ( row ) => row[ column ]?.length ?? 0 ) ) );
	const lines = all.map( ( row ) =>
		row
			.map( ( cell, at ) => cell.padEnd( widths[ at ] ?? 0 ) )
			.join( '  ' )
			.trimEnd()
	);
	return [ ...lines, '', ...totals( played ) ].join( '\n' );
}

const short = ( reply: string ) => {
	const line = reply.replace( /\s+/g, ' ' );
	return line.length > 60 ? `${ line.slice( 0, 59 ) }…` : line;
};

const arrivals = ( { became, arrived }: Played ) =>
	became === 'bounces' && arrived === 0 ? '–' : `${ arrived } times`;

function totals( played: readonly Played[] ): string[] {
	return [ ...new Set( played.map( ( { refusal: { group } } ) => group ) ) ].map( ( group ) => {
		const of = played.filter( ( { refusal } ) => refusal.group === group );
		const count = ( is: ( one: Played ) => boolean ) => of.filter( is ).length;
		return (
			`${ group }: ${ of.length } played, ${ count( isAsLabelled ) } as labelled, ` +
			`${ count( ( { became } ) => became === 'waits' ) } waited, ${ count( isLost ) } lost or twice`
		);
	} );
}
