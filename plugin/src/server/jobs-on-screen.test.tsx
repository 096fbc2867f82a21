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

function open( options: Parameters< typeof Example.openScreen >[ 0 ] ) {
	const screen = example.openScreen( options );
	close = screen.close;
	return screen;
}

const job = {
	jobId: 'abc',
	serverId: 12,
	verb: 'install_gateway',
	state: 'running',
	createdAt: '2026-11-23T12:00:00Z',
	startedAt: '2026-11-23T12:00:00Z',
	finishedAt: null,
	by: 'admin',
	cancelRequested: false,
	error: null,
	result: null,
};
const event = ( seq: number, more: object ) => ( { seq, at: '2026-11-23T12:00:00Z', ...more } );

describe( 'the screen of a server', () => {
	test( 'a refusal marks the fields and keeps what was typed', async () => {
		const { button, exampleView, field, type, until } = example;
		const fields = [ { path: 'settings.userName', problem: 'colon_in_user_name' } ];
		const { gateway } = open( {
			answers: {
				'GET /servers/12': exampleView( { gateway: { installed: null } } ),
				'POST /servers/12/gateway/install': {
					refuse: { code: 'invalid_request', message: '', data: { status: 422, fields } },
				},
			},
		} );
		type( await until( () => field( 'User Name', gateway ) ), 'a:b' );
		type( await until( () => field( 'Password', gateway ) ), 'secret' );
		button( 'Install Email Gateway' )?.click();
		await until( () => gateway.textContent?.includes( 'It contains a colon' ) );
		expect( field( 'User Name', gateway )?.value ).toBe( 'a:b' );
		expect( field( 'Password', gateway )?.value ).toBe( 'secret' );
		await until( () => document.activeElement === field( 'User Name', gateway ) );
	} );

	test( 'a running install goes on after a reload, with its steps and Cancel', async () => {
		const { button, exampleView, until } = example;
		const events = [
			event( 1, { type: 'started' } ),
			event( 2, { type: 'step_started', step: 'look' } ),
			event( 3, { type: 'step_finished', step: 'look', detail: { system: 'Debian GNU/Linux 12' } } ),
			event( 4, { type: 'step_started', step: 'packages' } ),
		];
		const { gateway, sent } = open( {
			answers: {
				'GET /servers/12': exampleView( { job: job as never } ),
				'GET /servers/12/jobs/abc': { job, events },
				'POST /servers/12/jobs/abc/cancel': { jobId: 'abc' },
			},
		} );
		const steps = await until(
			() => gateway.querySelector( '[data-job-state="running"] [data-step="packages"]' )?.closest( 'ol' )
		);
		expect( [ ...steps.children ].map( ( row ) => row.getAttribute( 'data-step-state' ) ) ).toEqual( [
			'done',
			'running',
		] );
		( await until( () => button( 'Cancel', gateway ) ) ).click();
		await until( () => sent.some( ( { path } ) => path.endsWith( '/cancel' ) ) );
	} );

	test( 'a job that ended before the visit never looks as if it waited, even before its events are read', async () => {
		const { button, exampleView, until } = example;
		const ended = { ...job, state: 'succeeded', finishedAt: '2026-11-23T12:00:09Z' };
		const { gateway } = open( { answers: { 'GET /servers/12': exampleView( { job: ended as never } ) } } );
		await until( () => button( 'Reinstall Email Gateway', gateway ) );
		expect( gateway.textContent ).not.toContain( 'Waiting to start' );
		expect( button( 'Cancel', gateway ) ).toBeFalsy();
	} );

	test( 'Reinstall asks first; Escape sends nothing and gives the focus back; yes keeps the saved password', async () => {
		const { button, exampleView, until } = example;
		const { gateway, sent } = open( {
			answers: {
				'GET /servers/12': exampleView(),
				'POST /servers/12/gateway/install': { jobId: 'abc' },
				'GET /servers/12/jobs/abc': { job, events: [] },
			},
		} );
		const reinstall = await until( () => button( 'Reinstall Email Gateway', gateway ) );
		reinstall.focus();
		reinstall.click();
		const question = await until( () => gateway.querySelector( '[role="alertdialog"]' ) );
		expect( document.activeElement ).toBe( question );
		question.dispatchEvent( new KeyboardEvent( 'keydown', { key: 'Escape', bubbles: true } ) );
		await until( () => ! gateway.querySelector( '[role="alertdialog"]' ) );
		expect( document.activeElement ).toBe( reinstall );
		expect( sent.filter( ( { method } ) => method === 'POST' ) ).toEqual( [] );
		reinstall.click();
		( await until( () => button( 'Reinstall', gateway ) ) ).click();
		const install = await until( () => sent.find( ( { method } ) => method === 'POST' ) );
		expect( install.data ).toEqual( {
			settings: { ...example.settings, password: { use: 'saved' } },
			consents: [],
		} );
	} );

	test( 'what a job said is gone once a later one of another part has ended', async () => {
		const { button, exampleView, until } = example;
		const refused = {
			...job,
			verb: 'remove_gateway',
			state: 'failed',
			error: { code: 'mail_waiting', detail: { waiting: 1 }, changed: 'nothing' },
		};
		const later = {
			...job,
			jobId: 'def',
			createdAt: '2026-11-23T12:01:00Z',
			state: 'succeeded',
			result: { verb: 'install_gateway', alreadyRight: false, deliveredAfter: 1, stillWaiting: 0 },
		};
		const answers: Record< string, unknown > = {
			'GET /servers/12': exampleView( { job: refused as never } ),
			'GET /servers/12/jobs/abc': { job: refused, events: [] },
			'GET /servers/12/jobs/def': { job: later, events: [] },
			'POST /servers/12/gateway/install': { jobId: 'def' },
		};
		const { gateway } = open( { answers } );
		await until( () => gateway.textContent?.includes( 'nothing was removed' ) );
		answers[ 'GET /servers/12' ] = exampleView( { job: later as never } );
		( await until( () => button( 'Reinstall Email Gateway', gateway ) ) ).click();
		( await until( () => button( 'Reinstall', gateway ) ) ).click();
		await until( () => gateway.textContent?.includes( '1 waiting message delivered.' ) );
		await until( () => ! gateway.textContent?.includes( 'nothing was removed' ) );
		expect( gateway.querySelectorAll( '.components-notice.is-error' ) ).toHaveLength( 0 );
	} );

	test( 'a server with older values of its account is brought to the new ones by one button and a yes', async () => {
		const { button, exampleView, field, until } = example;
		const defaults = {
			smtpServer: 'new.example.com',
			smtpPort: 465,
			userName: 'all',
			sendingDomain: 'site.example',
		};
		const { gateway, sent } = open( {
			answers: {
				'GET /servers/12': exampleView( {
					gateway: { account: { id: 'b', name: 'Mailgun', hasOlderValues: true } },
				} ),
				'GET /accounts': {
					accounts: [
						{ ...defaults, id: 'a', name: 'Defaults', isDefault: true, userName: 'other', note: '' },
						{ ...defaults, id: 'b', name: 'Mailgun', isDefault: false, note: '' },
					],
				},
				'POST /servers/12/gateway/install': { jobId: 'abc' },
			},
		} );
		( await until( () => button( 'Load Account and Reinstall', gateway ) ) ).click();
		( await until( () => button( 'Reinstall', gateway ) ) ).click();
		expect( field( 'SMTP Server', gateway )?.value ).toBe( 'new.example.com' );
		const install = await until( () => sent.find( ( { path } ) => path.endsWith( '/install' ) ) );
		expect( install.data ).toMatchObject( { settings: { ...defaults, password: { use: 'account', id: 'b' } } } );
	} );
} );
