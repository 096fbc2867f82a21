import type { MailDelay, MailHour, MailOutcome } from '@email-gateway/shared';

/** What one bar shows. */
export interface MailRow {
	/** When it begins; ISO 8601. */
	from: string;
	accepted: number;
	waiting: number;
	refused: number;
	/** Deleted, discarded, or not known. */
	others: number;
	/** Milliseconds until half of those that were accepted had been, and until 95 % had; null where none was. */
	half: number | null;
	most: number | null;
}

export type Per = 'hour' | 'day' | 'month';

/** What is shown, back from now: so many bars of an hour, a day or a month. */
export interface Period {
	per: Per;
	count: number;
}

const columnOf: Record< MailOutcome, 'accepted' | 'waiting' | 'refused' | 'others' > = {
	...( { accepted: 'accepted', waiting: 'waiting', queued: 'waiting', held: 'waiting' } as const ),
	...( {
		refused: 'refused',
		expired: 'refused',
		deleted: 'others',
		discarded: 'others',
		unknown: 'others',
	} as const ),
};

/** The beginnings of all bars, oldest first, as the backend counts them: by UTC. */
export function beginnings( { per, count }: Period, nowMs: number ): string[] {
	const now = new Date( nowMs );
	const [ year, month, day, hour ] = [ now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), now.getUTCHours() ];
	return Array.from( { length: count }, ( _, at ) => {
		const back = count - 1 - at;
		const of = {
			hour: () => Date.UTC( year, month, day, hour - back ),
			day: () => Date.UTC( year, month, day - back ),
			month: () => Date.UTC( year, month - back ),
		};
		return new Date( of[ per ]() ).toISOString();
	} );
}

/** One row for each beginning, also where nothing was sent. `site` takes those of one Unix user; null: of all. */
export function rowsOf(
	{ counts, delays }: { counts: readonly MailHour[]; delays: readonly MailDelay[] },
	from: readonly string[],
	site: string | null
): MailRow[] {
	const isMeant = ( one: MailHour | MailDelay ) => site === null || one.site === site;
	const rows = new Map< string, MailRow >(
		from.map( ( at ) => [
			at,
			{ from: at, accepted: 0, waiting: 0, refused: 0, others: 0, half: null, most: null },
		] )
	);
	for ( const one of counts.filter( isMeant ) ) {
		const row = rows.get( one.from );
		if ( row ) {
			row[ columnOf[ one.outcome ] ] += one.messages;
		}
	}
	for ( const row of rows.values() ) {
		const own = delays.filter( ( one ) => one.from === row.from && isMeant( one ) );
		row.half = delayOfShare( own, 0.5 );
		row.most = delayOfShare( own, 0.95 );
	}
	return [ ...rows.values() ];
}

/** The Unix users that sent anything, those who sent most first. */
export function sitesIn( counts: readonly MailHour[] ): string[] {
	const sites = new Map< string, number >();
	for ( const { site, messages } of counts ) {
		if ( site !== null ) {
			sites.set( site, ( sites.get( site ) ?? 0 ) + messages );
		}
	}
	return [ ...sites ].sort( ( [ , a ], [ , b ] ) => b - a ).map( ( [ site ] ) => site );
}

/**
 * The delay within which a share of recipients was accepted, in milliseconds: between the bounds of its step, as far as
 * its place among those in it. Null where there are none.
 */
export function delayOfShare(
	delays: readonly Pick< MailDelay, 'overMs' | 'withinMs' | 'messages' >[],
	share: number
): number | null {
	const all = delays.reduce( ( sum, { messages } ) => sum + messages, 0 );
	let before = 0;
	for ( const { overMs, withinMs, messages } of [ ...delays ].sort( ( a, b ) => a.overMs - b.overMs ) ) {
		if ( messages > 0 && before + messages >= all * share ) {
			return Math.round( overMs + ( withinMs - overMs ) * ( ( all * share - before ) / messages ) );
		}
		before += messages;
	}
	return null;
}
