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

	test( 'Repair shows what differs, and installs what is installed: not what is typed', async () => {
		const { button, field, openScreen, settings, type, until } = example;
		const { serverStates } = await import( '../screens/server-states.ts' );
		const answers = serverStates.find( ( { name } ) => name === 'repair-question' )?.answers ?? {};
		const { gateway, sent, close } = openScreen( {
			answers: { ...answers, 'POST /servers/12/gateway/install': { jobId: 'abd' } },
		} );
		type( await until( () => field( 'SMTP Server', gateway ) ), 'typed.example.com' );
		( await until( () => button( 'Repair…', gateway ) ) ).click();
		const question = await until( () => gateway.querySelector( '[role="alertdialog"]' ) );
		expect( gateway.textContent ).toContain( 'Set relayhost = [smtp.example.com]:587' );
		expect( question.textContent ).toContain( 'Set the server back to what was installed?' );
		button( 'Repair', gateway )?.click();
		const asked = () => sent.filter( ( { method } ) => method === 'POST' );
		await until( () => asked().length === 2 );
		const body = { settings: { ...settings, password: { use: 'saved' } }, consents: [] };
		expect( asked().map( ( { path, data } ) => [ path, data ] ) ).toEqual( [
			[ '/servers/12/gateway/preview', body ],
			[ '/servers/12/gateway/install', body ],
		] );
		expect( field( 'SMTP Server', gateway )?.value ).toBe( 'typed.example.com' );
		close();
	}, 120_000 );

	test( 'where other settings wait for their Reinstall, there is no Repair', async () => {
		const { button, exampleView, openScreen, until } = example;
		const view = exampleView( { gateway: { state: 'differs', submittedIsInstalled: false } } );
		const mail = {
			...{ running: true, enabled: true, waiting: 0, oldWaiting: 0 },
			...{ open: [], differs: [ 'relayhost' ], others: [], phpAround: [] },
		};
		const lastLook = { ...view.connection?.lastLook, mail };
		const { gateway, close } = openScreen( {
			answers: { 'GET /servers/12': { ...view, connection: { ...view.connection, lastLook } } },
		} );
		await until( () => gateway.textContent?.includes( 'Press Reinstall Email Gateway to fix this' ) );
		expect( button( 'Repair…', gateway ) ).toBeUndefined();
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
