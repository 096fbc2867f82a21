/** @jest-environment jsdom */
import { afterEach, describe, expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import { createRoot } from '@wordpress/element';
import type { AlertsView, ChannelView } from '@email-gateway/shared';
import type { Page } from './page.ts';
import { button, field, playBackend, type, until } from './server/screen.example.tsx';
import { SettingsScreen } from './settings-screen.tsx';

let close = () => {};
afterEach( () => close() );

function open( address: string, page: Partial< Page > = {} ) {
	window.history.replaceState( null, '', address );
	window.emailGateway = { may: [ 'manage_site', 'manage_defaults' ], paired: true, wpcdImport: true, ...page };
	apiFetch.setFetchHandler( () => Promise.reject( { code: 'offline', message: '' } ) );
	document.body.innerHTML = '<div id="settings"></div>';
	const root = createRoot( document.getElementById( 'settings' ) as HTMLElement );
	root.render( <SettingsScreen /> );
	close = () => root.unmount();
}

const shown = () =>
	[ ...document.querySelectorAll( '[role="tab"]' ) ]
		.filter( ( tab ) => tab.getAttribute( 'aria-selected' ) === 'true' )
		.map( ( tab ) => tab.textContent );

async function press( name: string ) {
	( await until( () => button( name ) ) ).click();
	await until( () => shown().includes( name ) );
}

describe( 'the tabs of our settings', () => {
	test( 'stand in the address of our own page, which leads back to them', async () => {
		open( '/wp-admin/options-general.php?page=email-gateway#connection' );
		await until( () => shown().includes( 'Connection' ) );
		await press( 'Import from WPCloudDeploy' );
		expect( window.location.hash ).toBe( '#import' );
	} );

	test( 'leave the address of WPCloudDeploy’s page alone: it hides all its boxes for a name it does not know', async () => {
		open( '/wp-admin/edit.php?post_type=wpcd_app_server&page=wpcd_settings#connection' );
		await until( () => shown().includes( 'Accounts' ) );
		window.history.replaceState( null, '', '#tab-app-wordpress-app' );
		await press( 'Import from WPCloudDeploy' );
		expect( window.location.hash ).toBe( '#tab-app-wordpress-app' );
		expect( shown() ).toEqual( [ 'Import from WPCloudDeploy' ] );
	} );
} );

test( 'the address of the former tab Mail Log leads to its page', async () => {
	open( '/wp-admin/options-general.php?page=email-gateway#mail-log', {
		...{ may: [ 'manage_site', 'see_mail_log' ], mailLogUrl: '#the-page' },
	} );
	await until( () => window.location.hash === '#the-page' );
	window.location.hash = 'connection';
	await until( () => shown().includes( 'Connection' ) );
	window.location.hash = 'mail-log';
	await until( () => window.location.hash === '#the-page' );
} );

describe( 'while the backend is away', () => {
	const away = { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } };
	const channel: ChannelView = {
		...{ id: '00000000-0000-4000-8000-000000000001', kind: 'webhook', name: '', owner: null, weekly: false },
		...{ shown: 'hooks.example', account: null, lastDeliveredAt: null, lastFailedAt: null, lastDelivery: null },
	};
	const alerts: AlertsView = { channels: [ channel ], incidents: [], owners: [], signingSecret: null };
	const notices = () => document.querySelectorAll( '.components-notice' );

	test( 'one banner says so on each tab, and Retry brings back what was asked', async () => {
		open( '/wp-admin/options-general.php?page=email-gateway' );
		const answers: Record< string, unknown > = { 'GET /accounts': away, 'GET /alerts': away, 'GET /site': away };
		playBackend( answers );
		await press( 'Alerts' );
		await until( () => document.body.textContent?.includes( 'Shown once the backend answers' ) );
		expect( notices() ).toHaveLength( 1 );
		answers[ 'GET /alerts' ] = alerts;
		answers[ 'GET /site' ] = {};
		button( 'Retry' )?.click();
		await until( () => button( 'Add Channel' ) );
		expect( notices() ).toHaveLength( 0 );
	} );

	test( 'a Save that was not answered keeps what was typed, and waits with its button', async () => {
		open( '/wp-admin/options-general.php?page=email-gateway#alerts' );
		const answers: Record< string, unknown > = {
			...{ 'GET /alerts': alerts, 'PUT /alerts/channels': away, 'GET /site': away },
		};
		playBackend( answers );
		( await until( () => button( 'Add Channel' ) ) ).click();
		type( await until( () => field( 'From' ) ), 'me@example.com' );
		const save = await until( () => button( 'Add This Channel' ) );
		await until( () => save.getAttribute( 'aria-disabled' ) === 'false' );
		save.click();
		await until( () => notices().length === 1 );
		expect( save.getAttribute( 'aria-disabled' ) ).toBe( 'true' );
		answers[ 'GET /site' ] = {};
		button( 'Retry' )?.click();
		await until( () => notices().length === 0 );
		expect( save.getAttribute( 'aria-disabled' ) ).toBe( 'false' );
		expect( field( 'From' )?.value ).toBe( 'me@example.com' );
	} );

	test( 'what customers may use is no switch that does nothing', async () => {
		open( '/wp-admin/options-general.php?page=email-gateway#accounts' );
		const answers: Record< string, unknown > = {
			...{ 'GET /accounts': { accounts: [], customersMayUse: false }, 'GET /alerts': away, 'GET /site': away },
		};
		playBackend( answers );
		const offered = () => field( 'Let customers send through the default account without seeing it' );
		await until( () => offered()?.disabled === false );
		await press( 'Alerts' );
		await until( () => notices().length > 0 && offered()?.disabled );
	} );
} );
