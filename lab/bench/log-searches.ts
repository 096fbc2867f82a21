import type { Database } from '../../backend/src/db/database.ts';
import { countsOf } from '../../backend/src/ledger/counters.ts';
import { logsOf } from '../../backend/src/ledger/logs.ts';
import { searchMails } from '../../backend/src/ledger/search.ts';
import type { SearchedLog } from '../../backend/src/ledger/searched-log.ts';
import { quantile, spread, type Figures } from './figures.ts';
import { address, seeded } from './log-lines.ts';
import { timed } from './timed.ts';

/** So many servers one call may be about. */
const searchedServers = 100;

/** How long each kind of search, and the counters of a month, take over a hundred of these servers. */
export async function ask( { db }: Database, rows: string[] ): Promise< Figures > {
	const logs: SearchedLog[] = ( await logsOf( db, rows.slice( 0, searchedServers ) ) ).map( ( { id } ) => ( {
		log: id,
		since: null,
		withheldUntil: null,
	} ) );
	const random = seeded( 77 );
	const daysAgo = ( days: number ) => new Date( Date.now() - days * 86_400_000 ).toISOString();
	const searches: Record< string, () => Promise< unknown > > = {
		newest: () => searchMails( db, logs, { filter: {} } ),
		newestOfOne: () => searchMails( db, logs.slice( 0, 1 ), { filter: {} } ),
		address: () => searchMails( db, logs, { filter: { recipient: address( random ) } } ),
		beginning: () => searchMails( db, logs, { filter: { recipient: address( random ).slice( 0, 9 ) } } ),
		shortBeginning: () => searchMails( db, logs, { filter: { recipient: address( random ).slice( 0, 3 ) } } ),
		domain: () => searchMails( db, logs, { filter: { recipient: `@company-${ random( 50_000 ) }.example` } } ),
		largeDomain: () => searchMails( db, logs, { filter: { recipient: '@gmail.example' } } ),
		sender: () => searchMails( db, logs, { filter: { sender: `orders@site${ random( 100 ) }-1.example` } } ),
		site: () => searchMails( db, logs, { filter: { site: `site${ random( 100 ) }_3` } } ),
		refused: () => searchMails( db, logs, { filter: { outcome: 'refused' } } ),
		cause: () => searchMails( db, logs, { filter: { cause: 'recipient_unknown', from: daysAgo( 7 ) } } ),
		day: () => searchMails( db, logs, { filter: { from: daysAgo( 12 ), to: daysAgo( 11 ) } } ),
	};
	const counters = async () => {
		await countsOf( db, logs, { per: 'day', of: 'all', from: daysAgo( 30 ), to: daysAgo( 0 ) } );
	};
	const times: Record< string, number[] > = {};
	for ( let round = 0; round < 20; round++ ) {
		for ( const [ name, search ] of Object.entries( searches ) ) {
			( times[ name ] ??= [] ).push( await timed( search ) );
		}
	}
	const countersMs = [];
	for ( let round = 0; round < 20; round++ ) {
		countersMs.push( await timed( counters ) );
	}
	const p95s = Object.entries( times ).map( ( [ name, ms ] ) => [ `${ name }P95Ms`, quantile( ms, 0.95 ) ] as const );
	return {
		...spread( 'search', Object.values( times ).flat() ),
		...Object.fromEntries( p95s ),
		...spread( 'counters', countersMs ),
	};
}
