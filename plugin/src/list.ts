import { __ } from '@wordpress/i18n';
import type { ServerSummary } from '@email-gateway/shared';
import { call } from './api/call.ts';
import { outcomePill, statePill, type Tone } from './words/states.ts';
import { fullTime, relativeTime } from './words/time.ts';
import './pill.css';

function pill( { word, tone }: { word: string; tone: Tone } ): HTMLElement {
	const element = document.createElement( 'span' );
	element.className = `email-gateway-pill is-${ tone }`;
	element.textContent = word;
	return element;
}

function time( at: string ): HTMLElement {
	const element = document.createElement( 'time' );
	element.dateTime = at;
	element.title = fullTime( at );
	element.textContent = relativeTime( at );
	return element;
}

/** What one cell of the servers list shows; all text of servers goes in as text. */
function contentOf( column: string | undefined, server: ServerSummary ): Array< Node | string > {
	if ( column === 'host' ) {
		return [ server.host ?? '—' ];
	}
	if ( column === 'gateway' ) {
		const checked = pill( statePill( server.state ) );
		return server.checkedAt === null ? [ checked ] : [ checked, ' ', time( server.checkedAt ) ];
	}
	if ( ! server.lastTest ) {
		return [ '—' ];
	}
	return [ pill( outcomePill( server.lastTest.outcome ) ), ' ', time( server.lastTest.at ) ];
}

/**
 * A server with a gateway is not moved to the trash: the gateway would stay there, out of reach. Its row leads to where
 * that is removed.
 */
function offerRemovalFirst( { serverId, hasGateway }: ServerSummary ): void {
	const row = document.getElementById( `post-${ serverId }` );
	const trash = row?.querySelector< HTMLAnchorElement >( '.row-actions .trash a, .row-actions .delete a' );
	const edit = row?.querySelector< HTMLAnchorElement >( '.row-actions .edit a, a.row-title' );
	if ( hasGateway && trash && edit ) {
		trash.href = `${ edit.href }#email-gateway-remove`;
		trash.textContent = __( 'Remove Gateway…', 'email-gateway' );
		trash.removeAttribute( 'aria-label' );
	}
}

/** One request for the whole list; a list page holds at most a few hundred rows, 100 a request. */
async function fill(): Promise< void > {
	const cells = [ ...document.querySelectorAll< HTMLElement >( '.email-gateway-cell[data-server-id]' ) ];
	const ids = [ ...new Set( cells.map( ( cell ) => Number( cell.dataset.serverId ) ) ) ].filter( ( id ) => id > 0 );
	for ( let first = 0; first < ids.length; first += 100 ) {
		const asked = ids.slice( first, first + 100 );
		const { servers } = await call( 'listServers', { query: { ids: asked.join( ',' ) } } );
		servers.forEach( offerRemovalFirst );
		const byId = new Map( servers.map( ( server ) => [ server.serverId, server ] ) );
		for ( const cell of cells ) {
			const server = byId.get( Number( cell.dataset.serverId ) );
			if ( server ) {
				cell.replaceChildren( ...contentOf( cell.dataset.column, server ) );
			} else if ( asked.includes( Number( cell.dataset.serverId ) ) ) {
				cell.textContent = '—';
			}
		}
	}
}

fill().catch( () => {
	for ( const cell of document.querySelectorAll< HTMLElement >( '.email-gateway-cell[data-column="gateway"]' ) ) {
		cell.textContent = __( 'Not known: the backend does not answer.', 'email-gateway' );
	}
} );
