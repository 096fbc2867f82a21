/** @jest-environment jsdom */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import { createRoot } from '@wordpress/element';
import type { AlertsView, ChannelView, OpenIncident } from '@email-gateway/shared';
import type * as Example from '../server/screen.example.tsx';
import { unsavedForms } from '../unsaved/unsaved.ts';

let example: typeof Example;
let AlertsTab: () => JSX.Element;
beforeAll( async () => {
	example = await import( '../server/screen.example.tsx' );
	( { AlertsTab } = await import( './alerts-tab.tsx' ) );
}, 120_000 );

const signingSecret = 'whsec_only_once';
const id = '00000000-0000-4000-8000-000000000001';
const view = ( change: Partial< AlertsView > = {} ): AlertsView => ( {
	...{ channels: [], incidents: [], owners: [], signingSecret: null },
	...change,
} );
const channel: ChannelView = {
	...{ id, kind: 'webhook', name: '', owner: null, weekly: false, shown: 'hooks.example', account: null },
	...{ lastDeliveredAt: null, lastFailedAt: null, lastDelivery: null },
};
const saved = view( { channels: [ channel ] } );
const withDelivery = ( outcome: 'waiting' | 'delivered' | 'failed', answer: string | null ) =>
	view( {
		channels: [ { ...channel, lastDelivery: { at: new Date().toISOString(), outcome, answer, isTest: true } } ],
	} );
const incident: OpenIncident = {
	...{ key: 'a'.repeat( 32 ), trouble: 'stopped', provider: null, openedAt: new Date().toISOString(), user: null },
	...{ servers: [ { id: 12, host: 'web1.example' } ], acknowledgedBy: null, mutedUntil: null },
};

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

	const open = ( answer: AlertsView ) => {
		answers[ 'GET /alerts' ] = answer;
		const root = createRoot( document.querySelector( '.email-gateway-card' ) as Element );
		root.render( <AlertsTab /> );
		close = () => root.unmount();
		return example.until( () => example.button( 'Add Channel' ) );
	};
	/** Opens the form, and a kind of channel in it. */
	const add = async ( kind: string ) => {
		await press( 'Add Channel' );
		const select = await example.until( () =>
			document.querySelector< HTMLSelectElement >( '.email-gateway-channel-form select' )
		);
		const set = Object.getOwnPropertyDescriptor( HTMLSelectElement.prototype, 'value' )?.set;
		set?.call( select, kind );
		select.dispatchEvent( new Event( 'change', { bubbles: true } ) );
	};
	/** By the name that a screen reader says: several lines have the same words on their buttons. */
	const named = ( name: string ) =>
		[ ...document.querySelectorAll< HTMLElement >( 'button' ) ].find(
			( one ) => ( one.getAttribute( 'aria-label' ) ?? one.textContent ) === name
		);
	const press = async ( name: string ) => ( await example.until( () => named( name ) ) ).click();
	const says = ( words: string ) =>
		example.until( () => document.querySelector( '.email-gateway-card' )?.textContent?.includes( words ) );
	const spoken = () => document.querySelector( '#a11y-speak-polite' )?.textContent ?? '';

	test( 'without a channel it says that nobody is told; one is added, and its signing secret is told once', async () => {
		await open( view() );
		await says( 'Nobody is told when a gateway stops working. Add a channel.' );
		await add( 'webhook' );
		const url = await example.until( () => example.field( 'URL' ) );
		example.type( url, 'https://hooks.example/abc' );
		await example.until( () => unsavedForms().some( ( { title } ) => title === 'Alerts' ) );
		answers[ 'PUT /alerts/channels' ] = { ...saved, signingSecret };
		await press( 'Add This Channel' );

		const secret = await example.until( () =>
			document.querySelector< HTMLTextAreaElement >( 'textarea[aria-label="Signing secret"]' )
		);

		expect( secret.value ).toBe( signingSecret );
		expect( asked.at( -1 )?.data ).toEqual( {
			...{ id: null, name: '', owner: null, weekly: false },
			target: { kind: 'webhook', url: 'https://hooks.example/abc' },
		} );
		await example.until( () => unsavedForms().length === 0 );
		await example.until( () => spoken().includes( 'Copy this signing secret' ) );
		expect( spoken() ).not.toContain( signingSecret );
		// a test before it was copied must not take it away
		answers[ 'POST /alerts/channels/test' ] = withDelivery( 'waiting', null );
		answers[ 'GET /alerts' ] = withDelivery( 'delivered', null );
		await press( 'Send a Test Alert: Webhook' );
		await says( 'The test alert was delivered just now.' );
		expect( asked.find( ( { method } ) => method === 'POST /alerts/channels/test' )?.data ).toEqual( { id } );
		expect( secret.isConnected ).toBe( true );
	}, 60_000 );

	test( 'a refused value is told at the field, and the message leads to it by the name on the screen', async () => {
		await open( view() );
		await add( 'slack' );
		const url = await example.until( () => example.field( 'URL' ) );
		example.type( url, 'https://hooks.example' );
		answers[ 'PUT /alerts/channels' ] = {
			refuse: {
				code: 'invalid_request',
				message: '',
				data: { status: 422, fields: [ { path: 'target.url', problem: 'not_of_this_service' } ] },
			},
		};
		await press( 'Add This Channel' );
		await says( 'This is not in the form that this service gives.' );
		expect( url.getAttribute( 'aria-invalid' ) ).toBe( 'true' );
		await example.until( () => document.activeElement === url );
		url.blur();
		await press( 'URL' );
		await example.until( () => document.activeElement === url );
		expect( url.value ).toBe( 'https://hooks.example' );
	}, 60_000 );

	test( 'a name is changed without the address, which stays as it is', async () => {
		await open( saved );
		await press( 'Edit: Webhook' );
		await says( 'Saved for hooks.example, and not shown again.' );
		example.type( await example.until( () => example.field( 'Name' ) ), 'On call' );
		answers[ 'PUT /alerts/channels' ] = view( { channels: [ { ...channel, name: 'On call' } ] } );
		await press( 'Save Channel' );
		await says( 'On call' );
		expect( asked.at( -1 )?.data ).toEqual( { id, name: 'On call', owner: null, weekly: false, target: null } );
	}, 60_000 );

	test( 'an alert that was not taken says why in words, and what to do', async () => {
		await open( withDelivery( 'waiting', 'server_name_not_found' ) );
		await says( 'The test alert was not delivered (just now). No server has the name in this address.' );
		await says( 'Check the values of this channel.' );
		expect( document.body.textContent ).not.toContain( 'server_name_not_found' );
	}, 60_000 );

	test( 'a notice has a test, too, which says where it is to be seen', async () => {
		await open( view( { channels: [ { ...channel, kind: 'notice' } ] } ) );
		await says( 'Shown in wp-admin while something is wrong.' );
		const [ tested ] = withDelivery( 'delivered', null ).channels;
		answers[ 'POST /alerts/channels/test' ] = view( { channels: [ { ...channel, ...tested, kind: 'notice' } ] } );
		await press( 'Send a Test Alert: Notice in wp-admin' );
		await says( 'It is at the top of the next page of wp-admin that you open.' );
	}, 60_000 );

	test( 'Delete asks first, and Cancel keeps it', async () => {
		await open( saved );
		await press( 'Delete: Webhook' );
		await says( 'No more alerts are sent there' );
		expect( document.activeElement?.getAttribute( 'role' ) ).toBe( 'alertdialog' );
		await press( 'Cancel' );
		expect( asked.map( ( { method } ) => method ) ).toEqual( [ 'GET /alerts' ] );
		await press( 'Delete: Webhook' );
		answers[ 'POST /alerts/channels/delete' ] = view();
		await press( 'Delete' );
		await says( 'Channel deleted.' );
		expect( asked.at( -1 ) ).toMatchObject( { method: 'POST /alerts/channels/delete', data: { id } } );
	}, 60_000 );

	test( 'what is wrong is acknowledged, and muted for the time that is chosen', async () => {
		const { key } = incident;
		await open( view( { incidents: [ incident ] } ) );
		answers[ 'POST /alerts/acknowledge' ] = view( { incidents: [ { ...incident, acknowledgedBy: 'ann' } ] } );
		await press( 'Acknowledge: Stopped, web1.example' );
		await says( 'Acknowledged by ann: not repeated.' );
		expect( asked.at( -1 )?.data ).toEqual( { key } );
		answers[ 'POST /alerts/mute' ] = view( { incidents: [ { ...incident, mutedUntil: '2099-01-01T00:00:00Z' } ] } );
		await press( 'Mute: Stopped, web1.example' );
		await says( 'Muted until' );
		expect( asked.at( -1 )?.data ).toEqual( { key, hours: 8 } );
	}, 60_000 );
} );
