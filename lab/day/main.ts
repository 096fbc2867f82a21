import { takeDown } from '../down.ts';
import { whyNoServers } from '../machines.ts';
import { UsageError } from '../options.ts';
import type { Log } from '../system/run.ts';
import { compare, isMissed } from './compare.ts';
import { playDay } from './play.ts';
import { renderDay } from './table.ts';
import { makeDayWorld } from './world.ts';

/**
 * `npm run lab -- day`: 3,000 mails of known fate, and what the Mail Log tells of them in the evening. Prints each
 * expectation; returns the exit code: 0 where all were met.
 */
export async function playWholeDay( argv: string[], context: { log: Log; signal: AbortSignal } ): Promise< number > {
	if ( argv.length > 0 ) {
		throw new UsageError( `day does not know "${ argv.join( ' ' ) }".` );
	}
	const without = whyNoServers();
	if ( without !== undefined ) {
		throw new Error( `A day needs real servers: ${ without }` );
	}
	const startedAt = Date.now();
	await takeDown( context );
	try {
		const world = await makeDayWorld( context );
		const evening = await playDay( world ).finally( () => world.end() );
		const rows = compare( evening );
		console.log( renderDay( rows ) );
		const missed = rows.filter( isMissed ).length;
		const minutes = Math.round( ( Date.now() - startedAt ) / 60_000 );
		console.log(
			`\n${ evening.sent.length } mails in ${ minutes } minutes; ${
				rows.length - missed
			} met, ${ missed } missed`
		);
		return missed === 0 ? 0 : 1;
	} finally {
		await takeDown( context );
	}
}
