/** @jest-environment jsdom */
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';

// Loaded once, with all of WordPress's components: several seconds on a busy machine.
let example: typeof Example;
let close = () => {};
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
}, 120_000 );
afterEach( () => close() );

const page = { may: [ 'run_gateway' as const ] };
const withheld = { submitted: null, installed: null, passwordSaved: false };
const ended = {
	jobId: 'abc',
	serverId: 12,
	verb: 'install_gateway',
	state: 'failed',
	createdAt: '2026-11-23T12:00:00Z',
	startedAt: '2026-11-23T12:00:00Z',
	finishedAt: '2026-11-23T12:00:09Z',
	by: 'customer',
	cancelRequested: false,
	error: { code: 'provider_login_refused', detail: { cause: 'wrong_credentials' }, changed: 'nothing' },
	result: null,
};

function open( included: string, answers: Record< string, unknown > = {} ) {
	const gateway = { ...withheld, included, state: included === 'offered' ? 'not_installed' : 'installed' };
	const view = example.exampleView( { gateway, defaultsSaved: false } );
	const screen = example.openScreen( { page, answers: { 'GET /servers/12': view, ...answers } } );
	close = screen.close;
	return screen;
}

test( 'a server that changed hands tells the next owner what stays, and what to do', async () => {
	const { button, exampleView, field, openScreen, until } = example;
	const handedOver = { at: '2026-11-23T12:00:00Z', gatewayStays: true };
	const view = exampleView( { gateway: { ...withheld, state: 'installed' }, handedOver } );
	const screen = openScreen( { page, answers: { 'GET /servers/12': view } } );
	close = screen.close;
	// it can be tested as it is, though from no address that would show the account
	await until( () => field( 'To', screen.gateway ) );
	expect( field( 'From', screen.gateway ) ).toBeUndefined();
	expect( button( 'Send Test Email', screen.gateway ) ).toBeDefined();
	expect( screen.gateway.textContent ).toContain( 'The gateway of the former owner' );
	await until(
		() => screen.gateway.textContent?.includes( 'To replace them, remove the gateway, then install it again.' )
	);
} );

describe( 'the included gateway, for whoever is not shown the account', () => {
	test( 'is one choice in place of the fields; a failure at the provider is one for the owner of the site', async () => {
		const { button, field, until } = example;
		const { gateway, sent } = open( 'offered', {
			'POST /servers/12/gateway/included': { jobId: 'abc' },
			'GET /servers/12/jobs/abc': { job: ended, events: [] },
		} );
		const use = await until( () => button( 'Use the Included Gateway', gateway ) );
		for ( const label of [ 'SMTP Server', 'User Name', 'Password', 'Sending Domain', 'From' ] ) {
			expect( field( label, gateway ) ).toBeUndefined();
		}
		expect( [ ...gateway.querySelectorAll( 'button' ) ].map( ( { textContent } ) => textContent ) ).toEqual( [
			'Use the Included Gateway',
		] );
		use.click();
		await until( () => gateway.textContent?.includes( 'belongs to this site: inform its owner.' ) );
		expect( gateway.textContent ).not.toContain( 'Correct User Name' );
		expect( sent.find( ( { path } ) => path.endsWith( '/included' ) )?.data ).toEqual( {} );
	} );

	test( 'in use, is tested by To alone, can be installed anew after a question, and removed', async () => {
		const { button, field, until } = example;
		const { gateway, sent } = open( 'in_use', {
			'POST /servers/12/gateway/test': { jobId: 'def' },
			'POST /servers/12/gateway/included': { jobId: 'abc' },
		} );
		await until( () => field( 'To', gateway ) );
		expect( field( 'From', gateway ) ).toBeUndefined();
		expect( gateway.textContent ).toContain( 'The included gateway' );
		button( 'Send Test Email', gateway )?.click();
		await until( () => sent.some( ( { path } ) => path.endsWith( '/test' ) ) );
		expect( sent.find( ( { path } ) => path.endsWith( '/test' ) )?.data ).toEqual( { to: 'me@example.com' } );
		expect( button( 'Remove Email Gateway', gateway ) ).toBeDefined();
		button( 'Reinstall Email Gateway', gateway )?.click();
		( await until( () => button( 'Reinstall', gateway ) ) ).click();
		await until( () => sent.some( ( { path } ) => path.endsWith( '/included' ) ) );
	} );

	test( 'withdrawn, it goes on and can be tested and removed, and installed anew by nobody but the owner', async () => {
		const { button, until } = example;
		const { gateway } = open( 'withdrawn' );
		await until( () => button( 'Remove Email Gateway', gateway ) );
		expect( button( 'Send Test Email', gateway ) ).toBeDefined();
		expect( button( 'Reinstall Email Gateway', gateway ) ).toBeUndefined();
		expect( button( 'Use the Included Gateway', gateway ) ).toBeUndefined();
	} );

	test( 'withdrawn and removed, it is told as removed, though a form takes its place', async () => {
		const { button, exampleView, field, until } = example;
		const job = {
			...ended,
			verb: 'remove_gateway' as const,
			state: 'succeeded' as const,
			error: null,
			result: { verb: 'remove_gateway' as const, restored: null, savedQueue: null },
		};
		let isRemoved = false;
		const after = { ...withheld, included: 'absent', state: 'not_installed' };
		const before = { ...withheld, included: 'withdrawn', state: 'installed' };
		const { gateway } = open( 'withdrawn', {
			'GET /servers/12': () =>
				exampleView( isRemoved ? { gateway: after, job } : { gateway: before, defaultsSaved: false } ),
			'POST /servers/12/gateway/remove': { jobId: 'abc' },
			'GET /servers/12/jobs/abc': () => {
				isRemoved = true;
				return { job, events: [] };
			},
		} );
		( await until( () => button( 'Remove Email Gateway', gateway ) ) ).click();
		( await until( () => button( 'Remove', gateway ) ) ).click();
		await until( () => field( 'SMTP Server', gateway ) );
		expect( gateway.querySelector( '[data-verb="remove_gateway"][data-job-state="succeeded"]' ) ).not.toBeNull();
		expect( gateway.querySelector( '.is-success' )?.textContent ).toContain( 'Removed.' );
	} );
} );
