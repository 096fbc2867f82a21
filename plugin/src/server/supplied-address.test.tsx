/** @jest-environment jsdom */
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';

let example: typeof Example;
let close = () => {};
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
}, 120_000 );
afterEach( () => close() );

const address = { from: 'wpclouddeploy', host: '203.0.113.7', sshPort: 22, sshUser: 'root' } as const;

function open( answers: Record< string, unknown >, host: string = address.host ) {
	const screen = example.openScreen( { page: { address: { ...address, host } }, answers } );
	close = screen.close;
	return screen;
}

describe( 'Server Connection, where WPCloudDeploy keeps it', () => {
	test( 'tells address and source, offers nothing to type, and checks without sending a connection', async () => {
		const { button, exampleView, field, until } = example;
		const { connection, sent } = open( {
			'GET /servers/12': exampleView(),
			'POST /servers/12/connection/check': { jobId: 'abc' },
		} );
		const check = await until( () => button( 'Check Connection', connection ) );
		expect( connection.textContent ).toMatch( /Host203\.0\.113\.7SSH Port22SSH Userroot.*From WPCloudDeploy/ );
		expect( connection.textContent ).not.toContain( 'Everything is stopped' );
		expect( [ field( 'Host', connection ), field( 'Private Key', connection ) ] ).toEqual( [
			undefined,
			undefined,
		] );
		check.click();
		const asked = await until( () => sent.find( ( { method } ) => method === 'POST' ) );
		expect( asked ).toEqual( { method: 'POST', path: '/servers/12/connection/check', data: {} } );
	} );

	test( 'shows where the cloud says that the server is now, and asks again once that was checked', async () => {
		const { button, exampleView, until } = example;
		const moved = { ...address, host: '203.0.113.99' };
		const answers = {
			'GET /servers/12': exampleView(),
			'GET /servers/12/address': moved,
			'POST /servers/12/connection/check': { jobId: 'abc' },
		};
		const { connection, sent } = open( answers );
		await until( () => connection.textContent?.includes( 'Host203.0.113.99' ) );
		expect( connection.textContent ).toContain( 'the last connection checked was root at 203.0.113.7' );
		const asked = () => sent.filter( ( { path } ) => path === '/servers/12/address' ).length;
		const before = asked();
		const { connection: known } = exampleView();
		answers[ 'GET /servers/12' ] = exampleView( { connection: known && { ...known, host: moved.host } } );
		( await until( () => button( 'Check Connection', connection ) ) ).click();
		await until( () => asked() > before );
		await until( () => ! connection.textContent?.includes( 'Everything is stopped' ) );
		expect( connection.textContent ).toContain( 'Host203.0.113.99' );
	} );

	test( 'says that everything is stopped once the address there is another one', async () => {
		const { exampleView, until } = example;
		const { connection } = open( { 'GET /servers/12': exampleView() }, '203.0.113.99' );
		await until( () => connection.textContent?.includes( 'the last connection checked was root at 203.0.113.7' ) );
	} );
} );
