import { call } from '../api/call.ts';
import { beginnings, rowsOf } from '../plots/mail-rows.ts';
import { allCells, serverIdOf } from './cells.ts';
import { dayLine } from './day-line.ts';

const lastDay = { per: 'hour', count: 24 } as const;

/**
 * Draws the last 24 hours of each server. Who may not read the mail log of one of them, or a backend that does not answer,
 * leaves dashes: the list itself says what is wrong.
 */
export async function fillDays( ids: readonly number[] ): Promise< void > {
	const cells = allCells().filter( ( cell ) => cell.dataset.column === 'day' && ids.includes( serverIdOf( cell ) ) );
	if ( cells.length === 0 ) {
		return;
	}
	const hours = beginnings( lastDay, Date.now() );
	const to = new Date().toISOString();
	const query = { ids: ids.join( ',' ), per: 'hour', of: 'server', from: hours[ 0 ] ?? to, to } as const;
	const counts = await call( 'mailCounters', { query } ).then(
		( answer ) => answer.counts,
		() => []
	);
	for ( const cell of cells ) {
		const own = counts.filter( ( { serverId } ) => serverId === serverIdOf( cell ) );
		cell.replaceChildren( dayLine( rowsOf( { counts: own, delays: [] }, hours, null ) ) );
	}
}
