/** @jest-environment jsdom */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';

// Loaded once, with all of WordPress's components: several seconds on a busy machine.
let example: typeof Example;
let close = () => {};
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
}, 120_000 );
beforeEach( () => window.localStorage.clear() );
afterEach( () => close() );

const nineDaysAgo = new Date( Date.now() - 9 * 86_400_000 ).toISOString();
const refused = { code: 'provider_login_refused', detail: { cause: 'wrong_credentials' }, changed: 'nothing' };
const failed = {
	jobId: 'abc',
	serverId: 12,
	verb: 'install_gateway',
	state: 'failed',
	createdAt: nineDaysAgo,
	startedAt: nineDaysAgo,
	finishedAt: nineDaysAgo,
	by: 'admin',
	cancelRequested: false,
	error: refused,
	result: null,
};
const events = [ { seq: 1, at: nineDaysAgo, type: 'failed', error: refused } ];

function open( { error = refused, ...answers }: Record< string, unknown > = {} ) {
	const job = { ...failed, error };
	const view = example.exampleView( { job: job as never, gateway: { installed: null } } );
	const screen = example.openScreen( {
		answers: { 'GET /servers/12': view, 'GET /servers/12/jobs/abc': { job, events }, ...answers },
	} );
	close = screen.close;
	return screen;
}
const failures = ( place: HTMLElement ) => place.querySelectorAll( '.components-notice.is-error' ).length;
const buttonsOf = ( place: ParentNode | null | undefined ) =>
	[ ...( place?.querySelectorAll( 'button' ) ?? [] ) ].map( ( { textContent } ) => textContent );

describe( 'an old failure', () => {
	test( 'says when it was, and by whom; put away, it does not come back with the page', async () => {
		const { until } = example;
		const { gateway } = open();
		await until( () => gateway.textContent?.includes( 'Tried 9 days ago by admin.' ) );
		gateway.querySelector< HTMLElement >( '.components-notice.is-error .components-notice__dismiss' )?.click();
		await until( () => failures( gateway ) === 0 );
		close();
		const again = open();
		await until( () => example.button( 'Install Email Gateway', again.gateway ) );
		expect( again.gateway.textContent ).not.toContain( 'Tried' );
	} );

	test( 'goes when a value is changed', async () => {
		const { field, type, until } = example;
		const { gateway } = open();
		await until( () => failures( gateway ) === 1 );
		type( await until( () => field( 'User Name', gateway ) ), 'other' );
		await until( () => failures( gateway ) === 0 );
	} );

	test( 'does not stand beside a new one', async () => {
		const { button, until } = example;
		const fields = [ { path: 'settings.userName', problem: 'required' } ];
		const { gateway } = open( {
			'POST /servers/12/gateway/install': {
				refuse: { code: 'invalid_request', message: '', data: { status: 422, fields } },
			},
		} );
		await until( () => failures( gateway ) === 1 );
		button( 'Install Email Gateway', gateway )?.click();
		await until( () => gateway.querySelector( '[aria-invalid="true"]' ) );
		expect( gateway.textContent ).not.toContain( 'Tried' );
		expect( failures( gateway ) ).toBe( 1 );
	} );

	test( 'of a dead backend is what the last view told, and never a job that waits', async () => {
		const { button, disclosure, until } = example;
		const silent = { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } };
		const { gateway } = open( { 'GET /servers/12/jobs/abc': silent } );
		const steps = await until( () => disclosure( 'Steps', gateway ) );
		steps.open = true;
		steps.dispatchEvent( new Event( 'toggle' ) );
		await until( () => document.body.textContent?.includes( 'The backend does not answer.' ) );
		await until( () => gateway.textContent?.includes( 'Tried 9 days ago by admin.' ) );
		expect( gateway.textContent ).not.toContain( 'Waiting to start' );
		expect( button( 'Cancel', gateway ) ).toBeUndefined();
	} );
} );

describe( 'what can be done where an install stopped', () => {
	test.each( [
		[ refused, 'Type a New Password' ],
		[ { ...refused, code: 'provider_name_not_found', detail: {} }, 'Change SMTP Server' ],
		[ { ...refused, code: 'provider_port_blocked', detail: { openPorts: [ '587' ] } }, 'Use Port 587' ],
		[ { ...refused, code: 'foreign_postfix', detail: { found: [ 'relayhost = x' ] } }, 'Preview Changes' ],
	] )( '%j: first “%s”, last what overrules it', async ( error, first ) => {
		const { until } = example;
		const { gateway } = open( { error } );
		const notice = await until( () => gateway.querySelector( '.components-notice.is-error' ) );
		const actions = await until( () => notice.querySelector( '.email-gateway-actions' ) );
		expect( buttonsOf( actions ) ).toEqual( [ first, 'Install Anyway…' ] );
	} );

	test( 'Install Anyway says what follows, and Cancel is its first button', async () => {
		const { button, until } = example;
		const { gateway, sent } = open( { 'POST /servers/12/gateway/install': { jobId: 'abc' } } );
		( await until( () => button( 'Install Anyway…', gateway ) ) ).click();
		const question = await until( () => gateway.querySelector( '[role="alertdialog"]' ) );
		expect( question.textContent ).toContain( 'all mail of this server waits in its queue' );
		expect( buttonsOf( question ) ).toEqual( [ 'Cancel', 'Install Anyway' ] );
		button( 'Install Anyway', gateway )?.click();
		const install = await until( () => sent.find( ( { path } ) => path.endsWith( '/install' ) ) );
		expect( install.data ).toMatchObject( { consents: [ 'install_anyway' ] } );
	} );

	test( 'Type a New Password leads to the field', async () => {
		const { button, field, until } = example;
		const { gateway } = open();
		( await until( () => button( 'Type a New Password', gateway ) ) ).click();
		await until( () => document.activeElement === field( 'Password', gateway ) );
	} );
} );

test( 'the saved defaults are the first thing in an empty form, and say what they fill in', async () => {
	const { button, exampleView, field, until } = example;
	const defaults = {
		...{ id: 'a', name: 'Defaults', isDefault: true, note: '' },
		...{ smtpServer: 'new.example.com', smtpPort: 465, userName: 'all', sendingDomain: 'site.example' },
	};
	const screen = example.openScreen( {
		answers: {
			'GET /servers/12': exampleView( {
				accounts: [ defaults ],
				gateway: { installed: null, submitted: null, passwordSaved: false },
			} ),
			'GET /accounts': { accounts: [ defaults ] },
		},
	} );
	close = screen.close;
	const { gateway } = screen;
	await until( () => gateway.textContent?.includes( 'new.example.com:465 as all, for site.example.' ) );
	expect( buttonsOf( gateway )[ 0 ] ).toBe( 'Load Defaults' );
	document.body.insertAdjacentHTML( 'beforeend', '<div id="a11y-speak-polite" class="a11y-speak-region"></div>' );
	button( 'Load Defaults', gateway )?.click();
	await until( () => field( 'User Name', gateway )?.value === 'all' );
	expect( buttonsOf( gateway )[ 0 ] ).not.toBe( 'Load Defaults' );
	await until( () => document.querySelector( '.a11y-speak-region' )?.textContent?.includes( 'Filled in' ) );
} );

test( 'credentials that nothing uses any more can be deleted after a question that says what follows', async () => {
	const { button, exampleView, until } = example;
	const answers: Record< string, unknown > = {
		'GET /servers/12': exampleView( { gateway: { installed: null } } ),
		'DELETE /servers/12/gateway/credentials': { deleted: true },
	};
	const screen = example.openScreen( { answers } );
	close = screen.close;
	const { gateway, sent } = screen;
	( await until( () => button( 'Delete Saved Credentials', gateway ) ) ).click();
	const question = await until( () => gateway.querySelector( '[role="alertdialog"]' ) );
	expect( question.textContent ).toContain( 'must be typed again' );
	answers[ 'GET /servers/12' ] = exampleView( {
		gateway: { installed: null, submitted: null, passwordSaved: false },
	} );
	button( 'Delete', gateway )?.click();
	await until( () => sent.some( ( { method } ) => method === 'DELETE' ) );
	await until( () => ! button( 'Delete Saved Credentials', gateway ) );
	await until( () => example.field( 'User Name', gateway )?.value === '' );
} );
