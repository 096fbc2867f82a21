/** @jest-environment jsdom */
import { beforeEach, describe, expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import { fillList } from './fill-list.ts';

const row = ( id: number ) => `<tr id="post-${ id }"><td><a class="row-title" href="edit-${ id }">web${ id }</a>
	<span class="row-actions"><span class="trash"><a href="trash-${ id }" aria-label="Move">Trash</a></span></span></td>
	${ [ 'host', 'gateway', 'last-test' ].map( ( column ) => cell( id, column ) ).join( '' ) }</tr>`;
const cell = ( id: number, column: string ) =>
	`<td><span class="email-gateway-cell" data-server-id="${ id }" data-column="${ column }"></span></td>`;

const working = {
	serverId: 5,
	host: '<b>203.0.113.5</b>',
	state: 'working',
	checkedAt: '2026-11-30T12:00:00Z',
	lastTest: { outcome: 'accepted', at: '2026-11-30T12:00:00Z' },
	hasGateway: true,
};

let answer: () => unknown = () => ( { servers: [ working ] } );

beforeEach( () => {
	window.sessionStorage.clear();
	document.body.innerHTML = `<hr class="wp-header-end"><table class="wp-list-table">${ row( 5 ) }${ row(
		6
	) }</table>`;
	apiFetch.setFetchHandler( async () => answer() );
	answer = () => ( { servers: [ working ] } );
} );

const textOf = ( id: number, column: string ) =>
	document.querySelector( `[data-server-id="${ id }"][data-column="${ column }"]` )?.textContent;
const notice = () => document.querySelector( '.notice-error' );
const refuse = () => {
	throw { code: 'backend_unreachable', message: 'no answer', data: { status: 502 } };
};

describe( 'the list of servers', () => {
	test( 'shows each server as text, and a dash for one the backend does not know', async () => {
		await fillList();
		expect( textOf( 5, 'host' ) ).toBe( '<b>203.0.113.5</b>' );
		expect( textOf( 5, 'gateway' ) ).toMatch( /^Working / );
		expect( textOf( 5, 'last-test' ) ).toMatch( /^Accepted/i );
		expect( textOf( 6, 'gateway' ) ).toBe( '—' );
		expect( document.querySelector( '.wp-list-table' )?.hasAttribute( 'aria-busy' ) ).toBe( false );
	} );

	test( 'leads to the removal in place of the trash where a gateway would be left', async () => {
		await fillList();
		const links = [ ...document.querySelectorAll( '.trash a' ) ].map( ( link ) => link.getAttribute( 'href' ) );
		expect( links ).toEqual( [ 'http://localhost/edit-5#email-gateway-remove', 'trash-6' ] );
	} );

	test( 'without a backend says so once, shows what was known with its age, and asks again', async () => {
		await fillList();
		answer = refuse;
		document.querySelectorAll( '.email-gateway-cell' ).forEach( ( one ) => one.replaceChildren() );
		await fillList();
		await fillList();
		expect( document.querySelectorAll( '.notice-error' ) ).toHaveLength( 1 );
		expect( notice()?.textContent ).toMatch( /The backend does not answer\..*known on .*Retry/s );
		expect( textOf( 5, 'gateway' ) ).toMatch( /^Working / );
		expect( document.querySelector( '.email-gateway-last-known' ) ).not.toBeNull();
		const since = new Date( Date.now() - 7_200_000 ).toISOString();
		answer = () => ( { servers: [ { ...working, state: 'waiting', since } ] } );
		notice()?.querySelector( 'button' )?.click();
		while ( notice() ) {
			await new Promise( ( resolve ) => setTimeout( resolve, 5 ) );
		}
		expect( textOf( 5, 'gateway' ) ).toMatch( /^Mail is waiting .*Began 2 hours ago\.$/ );
		expect( document.querySelector( '.email-gateway-last-known' ) ).toBeNull();
	} );

	test( 'that never had an answer shows no invented state', async () => {
		answer = refuse;
		await fillList();
		expect( textOf( 5, 'gateway' ) ).toBe( '' );
		expect( notice()?.textContent ).not.toContain( 'known on' );
	} );
} );
