/** @jest-environment jsdom */
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { addFilter, removeFilter } from '@wordpress/hooks';
import type * as Example from '../server/screen.example.tsx';

let example: typeof Example;
beforeAll( async () => void ( example = await import( '../server/screen.example.tsx' ) ) );
afterEach( () => void removeFilter( 'emailGateway.serverSections', 'test' ) );

test( 'another plugin adds a section; what is no section is left out', async () => {
	addFilter( 'emailGateway.serverSections', 'test', ( sections: unknown[], { serverId }: { serverId: number } ) => [
		...sections,
		{ name: 'runbook', title: 'Runbook', content: `of ${ serverId }` },
		'no section',
	] );
	const screen = example.openScreen( { answers: { 'GET /servers/12': example.exampleView() } } );
	const heading = await example.until( () =>
		[ ...screen.gateway.querySelectorAll( 'h3' ) ].find( ( { textContent } ) => textContent === 'Runbook' )
	);
	expect( heading.parentElement?.textContent ).toBe( 'Runbookof 12' );
	screen.close();
} );
