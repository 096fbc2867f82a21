import { __ } from '@wordpress/i18n';
import type { ServerSummary } from '@email-gateway/shared';
import { pillClass } from '../ui/pill-class.ts';
import { alertPill } from '../words/alert-troubles.ts';
import { backupPill } from '../words/backup.ts';
import { sandboxPill } from '../words/sandbox.ts';
import { outcomePill, statePill, type Tone } from '../words/states.ts';
import { beganWords, fullTime, relativeTime } from '../words/time.ts';

function pill( { word, tone }: { word: string; tone: Tone } ): HTMLElement {
	const element = document.createElement( 'span' );
	element.className = pillClass( tone );
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

/** Since when there is trouble, on a line of its own. */
function began( at: string ): HTMLElement {
	const element = document.createElement( 'div' );
	element.title = fullTime( at );
	element.textContent = beganWords( at );
	return element;
}

/** What one cell of the servers list shows; all text of servers goes in as text. */
function contentOf( column: string | undefined, server: ServerSummary ): Array< Node | string > {
	if ( column === 'host' ) {
		return [ server.host ?? '—' ];
	}
	if ( column === 'gateway' ) {
		const checked = pill( statePill( server.state ) );
		const marks = [
			...( server.sandbox ? [ sandboxPill() ] : [] ),
			...( server.backup ? [ backupPill() ] : [] ),
			// what this tab kept of a former version has none
			...( server.alert ? [ alertPill( server.alert ) ] : [] ),
		];
		const pills = [ checked, ...marks.flatMap( ( mark ) => [ ' ', pill( mark ) ] ) ];
		const shown = server.checkedAt === null ? pills : [ ...pills, ' ', time( server.checkedAt ) ];
		return server.since ? [ ...shown, began( server.since ) ] : shown;
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

export const allCells = () => [ ...document.querySelectorAll< HTMLElement >( '.email-gateway-cell[data-server-id]' ) ];

export const serverIdOf = ( cell: HTMLElement ) => Number( cell.dataset.serverId );

/** Fills the cells of the servers asked for; one that the backend does not know shows a dash. */
export function fillCells( asked: number[], servers: ServerSummary[] ): void {
	const byId = new Map( servers.map( ( server ) => [ server.serverId, server ] ) );
	servers.forEach( offerRemovalFirst );
	const isOurs = ( cell: HTMLElement ) => asked.includes( serverIdOf( cell ) ) && cell.dataset.column !== 'day';
	for ( const cell of allCells().filter( isOurs ) ) {
		const server = byId.get( serverIdOf( cell ) );
		cell.replaceChildren( ...( server ? contentOf( cell.dataset.column, server ) : [ '—' ] ) );
	}
}
