/** @jest-environment jsdom */
import { expect, test } from '@jest/globals';
import { createRoot, flushSync } from '@wordpress/element';
import { takeOver } from './early.ts';
import { exampleView, playBackend } from './screen.example.tsx';
import { ServerScreen } from './server-screen.tsx';

const find = < Found extends HTMLElement >( selector: string ) => document.querySelector< Found >( selector ) as Found;

test( 'what was typed before the script ran stays, with the caret, and nothing is asked first', () => {
	const asked = playBackend( {} );
	window.emailGateway = {
		...{
			may: [ 'change_connection', 'run_gateway' ],
			serverId: 12,
			paired: true,
			currentUserMail: 'me@example.com',
		},
		view: exampleView( { connection: null, gateway: { state: 'not_connected', installed: null } } ),
	};
	document.body.innerHTML = `<form><div id="connection">
		<input data-early="host" value=""><input data-early="sshPort" value="22"><input data-early="sshUser" value="root">
	</div><div id="gateway"><p class="email-gateway-head">Not connected</p></div></form>`;
	const host = find< HTMLInputElement >( '[data-early="host"]' );
	host.focus();
	host.value = 'web1.example.com';
	host.setSelectionRange( 3, 4 );
	find< HTMLInputElement >( '[data-early="sshPort"]' ).value = '2222';
	const places = { connection: find( '#connection' ), gateway: find( '#gateway' ) };
	const root = createRoot( document.createElement( 'div' ) );
	takeOver( Object.values( places ), () =>
		flushSync( () => root.render( <ServerScreen serverId={ 12 } places={ places } /> ) )
	);
	const drawn = find< HTMLInputElement >( '[data-field="host"]' );
	expect( drawn.value ).toBe( 'web1.example.com' );
	expect( document.activeElement ).toBe( drawn );
	expect( [ drawn.selectionStart, drawn.selectionEnd ] ).toEqual( [ 3, 4 ] );
	expect( find< HTMLInputElement >( '[data-field="sshPort"]' ).value ).toBe( '2222' );
	expect( find< HTMLInputElement >( '[data-field="sshUser"]' ).value ).toBe( 'root' );
	expect( document.querySelectorAll( '[data-early]' ) ).toHaveLength( 0 );
	expect( asked.filter( ( { method } ) => method === 'GET' ) ).toEqual( [] );
	root.unmount();
} );
