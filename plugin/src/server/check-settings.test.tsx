/** @jest-environment jsdom */
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';

// Loaded once, with all of WordPress's components: several seconds on a busy machine.
let example: typeof Example;
let close = () => {};
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
}, 60_000 );
afterEach( () => close() );

function open( answers: Record< string, unknown > ) {
	const screen = example.openScreen( { answers } );
	close = screen.close;
	return screen;
}

const checked = {
	verb: 'check_settings',
	port: 587,
	ports: [
		{ port: 587, state: 'silent' },
		{ port: 2525, state: 'open' },
	],
	tls: null,
	login: 'not_tried',
	problem: { code: 'provider_port_blocked', detail: { cause: 'port_blocked' } },
	skipped: null,
	openPorts: [ 2525 ],
};
const job = {
	jobId: 'abc',
	serverId: 12,
	verb: 'check_settings',
	state: 'succeeded',
	createdAt: '2026-11-23T12:00:00Z',
	startedAt: '2026-11-23T12:00:00Z',
	finishedAt: '2026-11-23T12:00:02Z',
	by: 'admin',
	cancelRequested: false,
	error: null,
	result: checked,
};

describe( 'Check Settings', () => {
	test( 'shows what was seen, and one click takes the open port', async () => {
		const { button, exampleView, field, settings, until } = example;
		const { gateway, sent } = open( {
			'GET /servers/12': exampleView(),
			'POST /servers/12/gateway/check': { jobId: 'abc' },
			'GET /servers/12/jobs/abc': { job, events: [] },
		} );
		( await until( () => button( 'Check Settings', gateway ) ) ).click();
		const table = await until( () => gateway.querySelector( '.email-gateway-checked' ) );
		expect( table.textContent ).toMatch( /Port 587.*silent.*Port 2525.*open.*Login.*not tried/ );
		expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toMatchObject( {
			settings: { smtpServer: settings.smtpServer, password: { use: 'saved' } },
		} );
		button( 'Use Port 2525', gateway )?.click();
		await until( () => field( 'SMTP Port', gateway )?.value === '2525' );
	} );
} );

describe( 'the provider in the form', () => {
	test( 'is recognised by its server, with its own help and warning', async () => {
		const { exampleView, field, type, until } = example;
		const { gateway } = open( { 'GET /servers/12': exampleView() } );
		const server = await until( () => field( 'SMTP Server', gateway ) );
		expect( field( 'Provider', gateway )?.value ).toBe( 'Other' );
		type( server, 'smtp.office365.com' );
		await until( () => field( 'Provider', gateway )?.value === 'Microsoft 365' );
		expect( gateway.textContent ).toContain( 'from the end of December 2026' );
		expect( gateway.textContent ).toContain( 'At most 3 connections at once' );
		type( server, 'smtp.sendgrid.net' );
		await until( () => gateway.textContent?.includes( 'Always the word “apikey”.' ) );
	} );

	test( 'pasted settings fill the fields, without the password', async () => {
		const { exampleView, field, until } = example;
		const { gateway } = open( { 'GET /servers/12': exampleView() } );
		const server = await until( () => field( 'SMTP Server', gateway ) );
		const paste = Object.assign( new Event( 'paste', { bubbles: true, cancelable: true } ), {
			clipboardData: { getData: () => 'smtps://me:hunter2@smtp.resend.com:465' },
		} );
		server.dispatchEvent( paste );
		await until( () => field( 'SMTP Port', gateway )?.value === '465' );
		expect( paste.defaultPrevented ).toBe( true );
		expect( server.value ).toBe( 'smtp.resend.com' );
		expect( field( 'User Name', gateway )?.value ).toBe( 'me' );
		expect( field( 'Password', gateway )?.value ).toBe( '' );
	} );
} );
