/** @jest-environment jsdom */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';

let example: typeof Example;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
}, 120_000 );

describe( 'the card of a gateway', () => {
	test( 'shows what the last look saw, with its age, and no pill that says it works', async () => {
		const { exampleView, openScreen, until } = example;
		const view = exampleView( { gateway: { state: 'stopped' } } );
		const mail = {
			...{ running: false, enabled: true, waiting: 301, oldWaiting: 0 },
			...{ open: [], differs: [ 'default_transport' ], others: [], phpAround: [] },
		};
		const lastLook = { ...view.connection?.lastLook, at: new Date( Date.now() - 7_200_000 ).toISOString(), mail };
		const { gateway, close } = openScreen( {
			answers: { 'GET /servers/12': { ...view, connection: { ...view.connection, lastLook } } },
		} );

		const text = await until( () =>
			gateway.textContent?.includes( 'The server was last checked' ) ? gateway.textContent : ''
		);

		expect( text ).toContain( 'Stopped' );
		expect( text ).toContain( 'The server was last checked 2 hours ago' );
		expect( text ).toContain( 'Postfix is not running' );
		expect( text ).toContain( '301 messages wait in the queue' );
		expect( text ).toContain( 'default_transport' );
		close();
	}, 120_000 );

	test( 'shows what was seen since, when a person comes back to the page; what was typed stays', async () => {
		const { exampleView, field, openScreen, type, until } = example;
		const answers = { 'GET /servers/12': exampleView( { gateway: { state: 'working' } } ) };
		const { gateway, close } = openScreen( { answers } );
		const note = await until( () => field( 'Brief Note', gateway ) );
		type( note, 'typed' );
		await until( () => gateway.textContent?.includes( 'Working' ) );

		answers[ 'GET /servers/12' ] = exampleView( { gateway: { state: 'stopped' } } );
		document.dispatchEvent( new Event( 'visibilitychange' ) );

		await until( () => gateway.textContent?.includes( 'Stopped' ) );
		expect( field( 'Brief Note', gateway )?.value ).toBe( 'typed' );
		close();
	}, 120_000 );
} );
