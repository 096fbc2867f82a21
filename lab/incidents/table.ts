import { judge, type Played } from './outcome.ts';
import type { Told } from './told.ts';

const head =
	'| Fault | On | Looked at | Seen as | Seen, s | Told as | Told, s | Over, s | |\n|---|---|---|---|---|---|---|---|---|';

/** One line a fault and server; MISSED where something is not as it must be. */
export function renderIncidents( all: readonly Played[] ): string {
	const lines = all.map( ( played ) => {
		const { seenS, toldS, overS, missed } = judge( played );
		const first = played.told.find( ( { kind } ) => kind === 'opened' );
		const cells = [
			`${ played.name }: ${ played.what }`,
			played.kind,
			played.eachMinute ? 'each minute' : 'each five',
			played.seenAs ?? '–',
			seenS ?? '–',
			first?.trouble ?? '–',
			toldS ?? '–',
			overS ?? '–',
			missed.length === 0 ? 'met' : `MISSED: ${ missed.join( ', ' ) }`,
		];
		return `| ${ cells
			.map( ( cell ) => String( cell ).replaceAll( '|', '\\|' ).replace( /\s+/g, ' ' ) )
			.join( ' | ' ) } |`;
	} );
	return [ head, ...lines ].join( '\n' );
}

/** What was told of servers on which nothing was wrong. */
export interface Calm {
	minutes: number;
	/** Mails that the sites sent, bursts of 500 among them. */
	mails: number;
	told: readonly Told[];
}

export function renderCalm( { minutes, mails, told }: Calm ): string {
	const said = told.map( ( { kind, trouble, text } ) => `${ kind } ${ trouble }: ${ text }` );
	return `Healthy load, ${ mails } mails in ${ minutes } minutes on servers of their own: ${
		told.length === 0
			? 'nothing was told, met'
			: `MISSED: ${ told.length } told: ${ said.slice( 0, 3 ).join( '; ' ) }`
	}`;
}

/** How many were met, and the quantiles of when they were told. */
export function summary( all: readonly Played[] ): string {
	const judged = all.map( ( played ) => ( { ...judge( played ), played } ) );
	const part = ( eachMinute: boolean ) => {
		const times = judged
			.filter( ( { played, toldS } ) => played.eachMinute === eachMinute && toldS !== null )
			.map( ( { toldS } ) => toldS as number )
			.toSorted( ( a, b ) => a - b );
		const at = ( share: number ) =>
			times[ Math.min( times.length - 1, Math.floor( share * times.length ) ) ] ?? '–';
		return `${ eachMinute ? 'each minute' : 'each five' }: ${ times.length } told, after ${ at(
			0.5
		) } s (median), ${ at( 1 ) } s (longest)`;
	};
	const met = judged.filter( ( { missed } ) => missed.length === 0 ).length;
	return `${ met } as expected, ${ all.length - met } not. ${ part( true ) }; ${ part( false ) }`;
}
