/** @jest-environment jsdom */
import { afterEach, describe, expect, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import { createRoot } from '@wordpress/element';
import { button, until } from './server/screen.example.tsx';
import { SettingsScreen } from './settings-screen.tsx';

let close = () => {};
afterEach( () => close() );

function open( address: string ) {
	window.history.replaceState( null, '', address );
	window.emailGateway = { may: [ 'manage_site', 'manage_defaults' ], paired: true, wpcdImport: true };
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
		await until( () => shown().includes( 'Email Gateway' ) );
		window.history.replaceState( null, '', '#tab-app-wordpress-app' );
		await press( 'Import from WPCloudDeploy' );
		expect( window.location.hash ).toBe( '#tab-app-wordpress-app' );
		expect( shown() ).toEqual( [ 'Import from WPCloudDeploy' ] );
	} );
} );
