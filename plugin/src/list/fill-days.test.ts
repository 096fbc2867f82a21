/** @jest-environment jsdom */
import { beforeEach, describe, expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import { fillDays } from './fill-days.ts';

const cell = ( id: number ) => `<span class="email-gateway-cell" data-server-id="${ id }" data-column="day"></span>`;
const hourAgo = ( hours: number ) => {
	const hour = 3_600_000;
	return new Date( Math.floor( Date.now() / hour ) * hour - hours * hour ).toISOString();
};
const count = ( serverId: number, hours: number, outcome: string, messages: number ) => ( {
	...{ serverId, from: hourAgo( hours ), site: null, outcome, messages },
} );

beforeEach( () => {
	document.body.innerHTML = cell( 5 ) + cell( 6 );
} );

const drawn = ( id: number ) => document.querySelector( `[data-server-id="${ id }"]` );
const heights = ( kind: string ) =>
	[ ...( drawn( 5 )?.querySelectorAll( `rect.${ kind }` ) ?? [] ) ].map( ( bar ) => bar.getAttribute( 'height' ) );

describe( 'the last 24 hours of each server', () => {
	test( 'are bars as high as the mail of each hour, and words that say all of it', async () => {
		const asked: string[] = [];
		apiFetch.setFetchHandler( async ( { url, path } ) => {
			asked.push( String( url ?? path ) );
			return {
				counts: [ count( 5, 0, 'accepted', 900 ), count( 5, 0, 'refused', 100 ), count( 5, 3, 'queued', 500 ) ],
				delays: [],
			};
		} );
		await fillDays( [ 5, 6 ] );
		expect( asked ).toEqual( [ expect.stringContaining( 'of=server' ) ] );
		expect( drawn( 5 )?.querySelector( 'svg' )?.getAttribute( 'aria-label' ) ).toBe(
			'In the last 24 hours: accepted 900, waiting 500, refused 100.'
		);
		expect( heights( 'is-other' ).slice( -4 ) ).toEqual( [ '10.0', '0.0', '0.0', '18.0' ] );
		expect( heights( 'is-refused' ).slice( -4 ) ).toEqual( [ '0.0', '0.0', '0.0', '2.0' ] );
		expect( drawn( 6 )?.textContent ).toBe( '—' );
	} );

	test( 'are dashes for who may not read them', async () => {
		apiFetch.setFetchHandler( async () => {
			throw { code: 'forbidden', message: 'no', data: { status: 403 } };
		} );
		await fillDays( [ 5, 6 ] );
		expect( [ drawn( 5 )?.textContent, drawn( 6 )?.textContent ] ).toEqual( [ '—', '—' ] );
	} );
} );
