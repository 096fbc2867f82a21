/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import { createRoot } from '@wordpress/element';
import { button, until } from '../server/screen.example.tsx';
import { Paired } from './paired.tsx';
import { keepingWords } from './pairing-form.tsx';

const state = {
	paired: true,
	keyReadable: true,
	keepsServers: true,
	backendUrl: 'https://backend.example',
	siteUrl: 'https://site.example',
	moved: false,
	fingerprint: 'SHA256:abc',
	pairedAt: '2026-11-23T12:00:00Z',
};
const site = { siteUrl: 'https://site.example', pairedAt: state.pairedAt, version: '1', database: 'embedded' };

let servers = 0;
let close = () => {};
beforeEach( () => apiFetch.setFetchHandler( async () => ( { ...site, servers } ) ) );
afterEach( () => close() );

async function shown( { change = {}, mark = 'Database' } = {} ): Promise< string > {
	const root = createRoot( document.body );
	root.render( <Paired state={ { ...state, ...change } } onChange={ () => {} } /> );
	close = () => root.unmount();
	await until( () => document.body.textContent?.includes( mark ) );
	return document.body.textContent ?? '';
}

test( 'a site without servers reads why there may be none, and what to do', async () => {
	servers = 0;
	expect( await shown() ).toMatch( /paired again without its former key.*connect its servers/ );
} );

test( 'a site with servers reads nothing of that', async () => {
	servers = 1;
	expect( await shown() ).not.toContain( 'former key' );
} );

test( 'whoever ends the pairing reads before what that means for a new one', async () => {
	await shown();
	button( 'End the Pairing' )?.click();
	await until( () => document.body.textContent?.includes( 'The backend will take this site for a new one' ) );
} );

test( 'a moved site is told that once, with its question', async () => {
	apiFetch.setFetchHandler( () => Promise.reject( { code: 'site_moved', message: '', data: { status: 409 } } ) );
	expect( await shown( { change: { moved: true }, mark: 'Not usable' } ) ).toContain( 'Confirm the Move' );
	expect( document.querySelectorAll( '.components-notice' ) ).toHaveLength( 1 );
} );

test( 'whoever pairs again after a change of wp-config.php reads what becomes of the servers', () => {
	const lost = { ...state, keyReadable: false };
	expect( keepingWords( { ...lost, keepsServers: true } ) ).toContain(
		'the servers and the defaults of this site stay'
	);
	expect( keepingWords( { ...lost, keepsServers: false } ) ).toContain(
		'The backend will take this site for a new one'
	);
} );
