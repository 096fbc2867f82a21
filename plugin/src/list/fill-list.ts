import { call } from '../api/call.ts';
import { problemFrom } from '../api/problem.ts';
import { thisPage } from '../page.ts';
import { allCells, fillCells, serverIdOf } from './cells.ts';
import { fillDays } from './fill-days.ts';
import { keepKnown, readKnown } from './known.ts';
import { takeNoticeAway, tellNotAnswered } from './not-answered.ts';

const perRequest = 100;

/** One request for the whole list; a list page holds at most a few hundred rows, 100 a request. */
async function fill(): Promise< void > {
	const ids = [ ...new Set( allCells().map( serverIdOf ) ) ].filter( ( id ) => id > 0 );
	for ( let first = 0; first < ids.length; first += perRequest ) {
		const asked = ids.slice( first, first + perRequest );
		const { servers } = await call( 'listServers', { query: { ids: asked.join( ',' ) } } );
		fillCells( asked, servers );
		keepKnown( servers, Date.now() );
		void fillDays( asked );
	}
}

/** What the page brought along needs no request. */
async function fillFirst(): Promise< void > {
	const { rows } = thisPage();
	if ( rows === null ) {
		return fill();
	}
	const ids = rows.map( ( { serverId } ) => serverId );
	fillCells( ids, rows );
	keepKnown( rows, Date.now() );
	for ( let first = 0; first < ids.length; first += perRequest ) {
		void fillDays( ids.slice( first, first + perRequest ) );
	}
}

let isFirst = true;

/** Fills the list; where the backend does not answer, with what this tab last knew, in grey. */
export async function fillList(): Promise< void > {
	const table = document.querySelector< HTMLElement >( '.wp-list-table' );
	table?.setAttribute( 'aria-busy', 'true' );
	try {
		await ( isFirst ? fillFirst() : fill() );
		isFirst = false;
		takeNoticeAway();
		table?.classList.remove( 'email-gateway-last-known' );
	} catch ( thrown ) {
		const known = readKnown();
		if ( known ) {
			fillCells( allCells().map( serverIdOf ), known.servers );
			table?.classList.add( 'email-gateway-last-known' );
		}
		tellNotAnswered( problemFrom( thrown ), known && known.atMs, () => void fillList() );
	} finally {
		table?.removeAttribute( 'aria-busy' );
	}
}
