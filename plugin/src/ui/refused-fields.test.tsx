/** @jest-environment jsdom */
import { beforeAll, expect, test } from '@jest/globals';
import { createRoot } from '@wordpress/element';
import type * as Example from '../server/screen.example.tsx';
import { RefusedFields } from './refused-fields.tsx';

let example: typeof Example;
beforeAll( async () => {
	example = await import( '../server/screen.example.tsx' );
}, 120_000 );

test( 'a field with two faults is named once, with the first', async () => {
	document.body.innerHTML = '<div id="place"></div>';
	const place = document.getElementById( 'place' ) as HTMLElement;
	const root = createRoot( place );
	const fields = [
		{ path: 'settings.sendingDomain', problem: 'required' },
		{ path: 'settings.sendingDomain', problem: 'not_a_domain' },
		{ path: 'settings.smtpPort', problem: 'not_a_port' },
	];
	root.render( <RefusedFields fields={ fields } /> );

	await example.until( () => place.querySelector( 'li' ) );

	expect( [ ...place.querySelectorAll( 'li' ) ].map( ( { textContent } ) => textContent ) ).toEqual( [
		'Sending Domain: This field is required.',
		'SMTP Port: A port is a number from 1 to 65535.',
	] );
	root.unmount();
}, 60_000 );
