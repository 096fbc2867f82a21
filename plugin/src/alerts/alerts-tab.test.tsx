/** @jest-environment jsdom */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import { createRoot } from '@wordpress/element';
import type { AlertsView } from '@email-gateway/shared';
import type * as Example from '../server/screen.example.tsx';
import { unsavedForms } from '../unsaved/unsaved.ts';

let example: typeof Example;
let AlertsTab: () => JSX.Element;
beforeAll( async () => {
	example = await import( '../server/screen.example.tsx' );
	( { AlertsTab } = await import( './alerts-tab.tsx' ) );
}, 120_000 );

const signingSecret = 'whsec_only_once';
const empty: AlertsView = { webhook: null, signingSecret: null };
const saved: AlertsView = { webhook: { host: 'hooks.example', lastDelivery: null }, signingSecret: null };
const withDelivery = ( outcome: 'waiting' | 'delivered' | 'failed', answer: string | null ): AlertsView => ( {
	webhook: { host: 'hooks.example', lastDelivery: { at: new Date().toISOString(), outcome, answer, isTest: true } },
	signingSecret: null,
} );

interface Asked {
	method: string;
	data: unknown;
}

describe( 'the Alerts tab', () => {
	let close = () => {};
	let asked: Asked[];
	let answers: Record< string, unknown >;

	beforeEach( () => {
		asked = [];
		// jsdom draws nothing, so that there is nothing to scroll to
		Element.prototype.scrollIntoView ??= () => {};
		answers = {};
		window.emailGateway = { may: [ 'manage_site' ], paired: true };
		apiFetch.setFetchHandler( async ( { path = '', method = 'GET', headers, data } ) => {
			const verb = ( headers as Record< string, string > )?.[ 'X-HTTP-Method-Override' ] ?? method;
			const key = `${ verb } ${ path.replace( '/email-gateway/v1', '' ).replace( /\?.*/, '' ) }`;
			asked.push( { method: key, data } );
			const answer = answers[ key ] as { refuse?: object };
			return answer?.refuse ? Promise.reject( answer.refuse ) : answer;
		} );
		document.body.innerHTML =
			'<div class="email-gateway-card"></div><div id="a11y-speak-polite" class="a11y-speak-region"></div>';
	} );
	afterEach( () => close() );

	const open = ( view: AlertsView ) => {
		answers[ 'GET /alerts' ] = view;
		const root = createRoot( document.querySelector( '.email-gateway-card' ) as Element );
		root.render( <AlertsTab /> );
		close = () => root.unmount();
		return example.until( () => example.field( 'Webhook URL' ) );
	};
	const press = async ( name: string ) => ( await example.until( () => example.button( name ) ) ).click();
	const says = ( words: string ) =>
		example.until( () => document.querySelector( '.email-gateway-card' )?.textContent?.includes( words ) );
	const spoken = () => document.querySelector( '#a11y-speak-polite' )?.textContent ?? '';

	test( 'what is typed is unsaved until it is saved; the signing secret stays to be copied and is not read out', async () => {
		const url = await open( empty );
		example.type( url, 'https://hooks.example/abc' );
		await example.until( () => unsavedForms().some( ( { title } ) => title === 'Alerts' ) );
		answers[ 'PUT /alerts' ] = { ...saved, signingSecret };
		await press( 'Save Changes' );

		const secret = await example.until( () =>
			document.querySelector< HTMLTextAreaElement >( 'textarea[aria-label="Signing secret"]' )
		);

		expect( secret.value ).toBe( signingSecret );
		expect( asked.at( -1 )?.data ).toEqual( { webhook: 'https://hooks.example/abc' } );
		await example.until( () => unsavedForms().length === 0 );
		await example.until( () => spoken().includes( 'Copy this signing secret' ) );
		expect( spoken() ).not.toContain( signingSecret );
		// a test before it was copied must not take it away
		answers[ 'POST /alerts/test' ] = withDelivery( 'waiting', null );
		answers[ 'GET /alerts' ] = withDelivery( 'delivered', null );
		await press( 'Send a Test Alert' );
		await says( 'The test alert was delivered just now.' );
		expect( secret.isConnected ).toBe( true );
	}, 60_000 );

	test( 'a refused address is told at the field, and the message leads to it by the name on the screen', async () => {
		const url = await open( empty );
		example.type( url, 'http://hooks.example' );
		answers[ 'PUT /alerts' ] = {
			refuse: {
				code: 'invalid_request',
				message: '',
				data: { status: 400, fields: [ { path: 'webhook', problem: 'not_a_webhook' } ] },
			},
		};
		await press( 'Save Changes' );
		await says( 'Enter an address that starts with https://' );
		expect( url.getAttribute( 'aria-invalid' ) ).toBe( 'true' );
		await example.until( () => document.activeElement === url );
		url.blur();
		await press( 'Webhook URL' );
		await example.until( () => document.activeElement === url );
		expect( url.value ).toBe( 'http://hooks.example' );
	}, 60_000 );

	test( 'an alert that was not taken says why in words, and what to do', async () => {
		await open( withDelivery( 'waiting', 'server_name_not_found' ) );
		await says( 'The test alert was not delivered (just now). No server has the name in the Webhook URL.' );
		await says( 'Check the Webhook URL.' );
		expect( document.body.textContent ).not.toContain( 'server_name_not_found' );
	}, 60_000 );

	test( 'Delete Webhook asks first, and Cancel keeps it', async () => {
		await open( saved );
		await press( 'Delete Webhook' );
		await says( 'No more alerts are sent to hooks.example' );
		expect( document.activeElement?.getAttribute( 'role' ) ).toBe( 'alertdialog' );
		await press( 'Cancel' );
		expect( asked.map( ( { method } ) => method ) ).toEqual( [ 'GET /alerts' ] );
		await press( 'Delete Webhook' );
		answers[ 'PUT /alerts' ] = empty;
		await press( 'Delete' );
		await says( 'Webhook deleted. No alerts are sent.' );
		expect( asked.at( -1 ) ).toMatchObject( { method: 'PUT /alerts', data: { webhook: null } } );
	}, 60_000 );
} );
