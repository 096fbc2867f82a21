/** @jest-environment jsdom */
import apiFetch from '@wordpress/api-fetch';
import { beforeEach, expect, test } from '@jest/globals';
import { noFilter, readPage, type Filter } from './source.ts';

let asked = '';
beforeEach( () => {
	apiFetch.setFetchHandler( async ( { path = '' } ) => {
		asked = decodeURIComponent( path );
		return {};
	} );
} );

const queryOf = async ( change: Partial< Filter >, servers?: Map< number, string > ) => {
	await readPage( servers ? { servers } : { serverId: 12 }, { ...noFilter, ...change }, null );
	return asked;
};
const servers = new Map( [
	[ 12, 'web1' ],
	[ 13, 'web2' ],
] );

test( 'from one time until another is asked for as moments, whatever the time zone of the browser', async () => {
	const of = await queryOf( { hours: -1, from: '2026-11-30T08:00', to: '2026-11-30T09:30' } );
	expect( of ).toContain( `from=${ new Date( '2026-11-30T08:00' ).toISOString() }` );
	expect( of ).toContain( `to=${ new Date( '2026-11-30T09:30' ).toISOString() }` );
} );

test( 'a time that is not typed limits nothing, and none counts where another period is chosen', async () => {
	expect( await queryOf( { hours: -1, from: '2026-11-30T08:00' } ) ).not.toMatch( /[?&]to=/ );
	expect( await queryOf( { hours: 0, from: '2026-11-30T08:00' } ) ).not.toMatch( /[?&]from=/ );
} );

test( 'of several servers one can be chosen; cause and outcome go along', async () => {
	expect( await queryOf( {}, servers ) ).toContain( 'ids=12,13' );
	const one = await queryOf( { server: '13', cause: 'quota_exceeded', outcome: 'waiting' }, servers );
	expect( one ).toMatch( /ids=13(&|$)/ );
	expect( one ).toMatch( /cause=quota_exceeded/ );
	expect( one ).toMatch( /outcome=waiting/ );
} );
