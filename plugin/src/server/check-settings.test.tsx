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
	sender: {
		domain: 'site.example',
		verdict: 'fails',
		spf: { state: 'lacks_provider', record: 'v=spf1 mx -all', lookups: 1 },
		dkim: { state: 'missing', selectors: [ 'fm1' ] },
		dmarc: { state: 'found', policy: 'reject', at: 'site.example' },
		toAdd: [
			{
				type: 'TXT',
				name: 'site.example',
				value: 'v=spf1 mx include:spf.messagingengine.com -all',
				replaces: 'v=spf1 mx -all',
			},
		],
	},
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
		expect( table.textContent ).toMatch( /Port 587.*Silent.*Port 2525.*Open.*Login.*Not tried/ );
		expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toMatchObject( {
			settings: { smtpServer: settings.smtpServer, password: { use: 'saved' } },
		} );
		expect( gateway.textContent ).toMatch(
			/Envelope sender \(SPF\).*Fails.*Signature \(DKIM\).*fm1.*Header From \(DMARC\).*Fails\. By the DMARC policy of .*“reject”/
		);
		const lines = [ ...gateway.querySelectorAll( 'textarea' ) ].map( ( line ) => line.value );
		expect( lines ).toContain( 'v=spf1 mx include:spf.messagingengine.com -all' );
		button( 'Use Port 2525', gateway )?.click();
		await until( () => field( 'SMTP Port', gateway )?.value === '2525' );
	} );
} );

describe( 'Find Settings', () => {
	test( 'asks for an unknown provider by an address, and fills what was found', async () => {
		const { button, exampleView, field, type, until } = example;
		const found = { smtpServer: 'mail.site.example', smtpPort: 465, userName: 'me@site.example', source: 'dns' };
		const { gateway, sent } = open( {
			'GET /servers/12': exampleView(),
			'POST /servers/12/gateway/find': { jobId: 'abc' },
			'GET /servers/12/jobs/abc': {
				job: { ...job, verb: 'find_settings', result: { verb: 'find_settings', found } },
				events: [],
			},
		} );
		type( await until( () => field( 'Mail Address', gateway ) ), 'me@site.example' );
		( await until( () => button( 'Find Settings', gateway ) ) ).click();
		await until( () => field( 'SMTP Server', gateway )?.value === 'mail.site.example' );
		expect( field( 'SMTP Port', gateway )?.value ).toBe( '465' );
		expect( field( 'User Name', gateway )?.value ).toBe( 'me@site.example' );
		expect( gateway.textContent ).toContain( 'Filled in mail.site.example:465, as the DNS of this domain says' );
		expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toEqual( { address: 'me@site.example' } );
	} );

	test( 'is not asked for a provider that is known', async () => {
		const { button, exampleView, field, type, until } = example;
		const { gateway } = open( { 'GET /servers/12': exampleView() } );
		type( await until( () => field( 'SMTP Server', gateway ) ), 'smtp.resend.com' );
		await until( () => field( 'Provider', gateway )?.value === 'resend' );
		expect( button( 'Find Settings', gateway ) ).toBeUndefined();
	} );
} );

describe( 'the provider in the form', () => {
	test( 'is recognised by its server, with its own help and warning', async () => {
		const { exampleView, field, type, until } = example;
		const { gateway } = open( { 'GET /servers/12': exampleView() } );
		const server = await until( () => field( 'SMTP Server', gateway ) );
		expect( field( 'Provider', gateway )?.value ).toBe( 'other' );
		type( server, 'smtp.office365.com' );
		await until( () => field( 'Provider', gateway )?.value === 'microsoft_365' );
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

describe( 'a test email that was not accepted', () => {
	const test_ = ( cause: string ) => ( {
		outcome: 'waiting',
		from: 'a@site.example',
		to: 'b@site.example',
		diagnosis: { cause, enhancedCode: null, reply: '535 no', stage: 'AUTH' },
		queueId: '4jYG',
		relay: null,
		tlsVersion: null,
		certificateName: null,
		handOverMs: 14,
		answerMs: 900,
		log: [],
		at: '2026-11-23T12:00:00Z',
	} );

	test( 'has a button where a button can help: a new password is typed in the form', async () => {
		const { button, exampleView, field, until } = example;
		const { gateway } = open( {
			'GET /servers/12': exampleView( {
				gateway: { included: 'absent', lastTest: test_( 'wrong_credentials' ) },
			} ),
		} );
		( await until( () => button( 'Type a New Password', gateway ) ) ).click();
		await until( () => document.activeElement === field( 'Password', gateway ) );
	} );

	test( 'or the settings are checked, which finds the open port', async () => {
		const { button, exampleView, until } = example;
		const { gateway, sent } = open( {
			'GET /servers/12': exampleView( { gateway: { included: 'absent', lastTest: test_( 'port_blocked' ) } } ),
			'POST /servers/12/gateway/check': { jobId: 'abc' },
			'GET /servers/12/jobs/abc': { job, events: [] },
		} );
		const verdict = await until( () => gateway.querySelector( '[data-test-outcome] button' ) );
		const shown: Element[] = [];
		Element.prototype.scrollIntoView = function ( this: Element ) {
			shown.push( this );
		};
		( verdict as HTMLElement ).click();
		await until( () => shown.some( ( place ) => button( 'Check Settings', place as HTMLElement ) ) );
		await until( () => sent.some( ( { path } ) => path === '/servers/12/gateway/check' ) );
	} );
} );
