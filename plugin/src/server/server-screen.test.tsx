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

	test( 'what the provider refuses is overruled by an administrator only', async () => {
		const { button, exampleView, until } = example;
		const error = { code: 'provider_login_refused', detail: { cause: 'wrong_credentials' }, changed: 'nothing' };
		const failed = { ...job, state: 'failed', error };
		const answers = {
			'GET /servers/12': exampleView( {
				job: failed as never,
				gateway: { installed: null, included: 'absent' },
			} ),
			'GET /servers/12/jobs/abc': { job: failed, events: [ event( 1, { type: 'failed', error } ) ] },
		};
		const { gateway } = open( { answers, page: { may: [ 'run_gateway' ] } } );
		await until( () => gateway.textContent?.includes( 'wrong user or password' ) );
		expect( button( 'Install Anyway…', gateway ) ).toBeUndefined();
		close();
		const { gateway: ofAdministrator } = open( { answers } );
		await until( () => button( 'Install Anyway…', ofAdministrator ) );
	} );

	test( 'a refusal that may be overruled is overruled by its own choice only', async () => {
		const { button, exampleView, until } = example;
		const failed = {
			...job,
			state: 'failed',
			error: { code: 'foreign_postfix', detail: { found: [ 'relayhost = other' ] }, changed: 'nothing' },
		};
		const { gateway, sent } = open( {
			answers: {
				'GET /servers/12': exampleView( { job: failed as never, gateway: { installed: null } } ),
				'GET /servers/12/jobs/abc': {
					job: failed,
					events: [ event( 1, { type: 'failed', error: failed.error } ) ],
				},
				'POST /servers/12/gateway/install': { jobId: 'abc' },
			},
		} );
		( await until( () => button( 'Install Anyway…', gateway ) ) ).click();
		await until( () => gateway.textContent?.includes( 'The configuration that was found is replaced.' ) );
		expect( sent.some( ( { method } ) => method === 'POST' ) ).toBe( false );
		( await until( () => button( 'Install Anyway', gateway ) ) ).click();
		const install = await until( () => sent.find( ( { path } ) => path.endsWith( '/install' ) ) );
		expect( install.data ).toMatchObject( { consents: [ 'replace_foreign_postfix' ] } );
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

	test( 'a server with older defaults is brought to the new ones by one button and a yes', async () => {
		const { button, exampleView, field, until } = example;
		const defaults = {
			smtpServer: 'new.example.com',
			smtpPort: 465,
			userName: 'all',
			sendingDomain: 'site.example',
		};
		const { gateway, sent } = open( {
			answers: {
				'GET /servers/12': exampleView( { gateway: { usesOlderDefaults: true } } ),
				'GET /defaults': {
					defaults: { ...defaults, note: '', version: 2, at: '2026-11-23T12:00:00Z' },
					usedBy: { servers: 1, withOlderValues: 1 },
				},
				'POST /servers/12/gateway/install': { jobId: 'abc' },
			},
		} );
		( await until( () => button( 'Load Defaults and Reinstall', gateway ) ) ).click();
		( await until( () => button( 'Reinstall', gateway ) ) ).click();
		expect( field( 'SMTP Server', gateway )?.value ).toBe( 'new.example.com' );
		const install = await until( () => sent.find( ( { path } ) => path.endsWith( '/install' ) ) );
		expect( install.data ).toMatchObject( { settings: { ...defaults, password: { use: 'default' } } } );
	} );

	test( 'who may see it reads who did what, and nobody else is offered it', async () => {
		const { exampleView, until } = example;
		const entries = [
			{
				id: 2,
				at: '2026-11-23T12:00:00Z',
				actor: 'eve',
				action: 'job_asked',
				detail: { verb: 'install_gateway' },
			},
		];
		const answers = { 'GET /servers/12': exampleView(), 'GET /servers/12/audit': { entries, next: null } };
		const customer = open( { answers } );
		await until( () => example.button( 'Reinstall Email Gateway', customer.gateway ) );
		expect( example.disclosure( 'Activity', customer.gateway ) ).toBeUndefined();
		customer.close();
		const { gateway } = open( { answers, page: { may: [ 'run_gateway', 'see_audit' ] } } );
		const details = await until( () => example.disclosure( 'Activity', gateway ) );
		details.open = true;
		details.dispatchEvent( new Event( 'toggle' ) );
		const cells = await until( () => {
			const found = [ ...details.querySelectorAll( 'td' ) ].map( ( cell ) => cell.textContent );
			return found.length > 0 ? found : null;
		} );
		expect( cells.slice( 1 ) ).toEqual( [ 'eve', 'Started an install' ] );
	} );

	test( 'Load Defaults is absent while none are saved', async () => {
		const { button, exampleView, until } = example;
		const { gateway } = open( { answers: { 'GET /servers/12': exampleView( { defaultsSaved: false } ) } } );
		await until( () => button( 'Reinstall Email Gateway', gateway ) );
		expect( button( 'Load Defaults', gateway ) ).toBeUndefined();
	} );

	test( 'a customer finds neither the connection’s form nor Load Defaults', async () => {
		const { button, exampleView, field, until } = example;
		const { gateway, connection } = open( {
			page: { may: [ 'run_gateway' ] },
			answers: { 'GET /servers/12': exampleView() },
		} );
		await until( () => field( 'SMTP Server', gateway ) );
		expect( field( 'Host', connection ) ).toBeUndefined();
		expect( [ button( 'Check Connection' ), button( 'Load Defaults' ), button( 'Forget This Server' ) ] ).toEqual( [
			undefined,
			undefined,
			undefined,
		] );
	} );

	test( 'without the backend it says so and tries again on Retry', async () => {
		const { button, exampleView, field, until } = example;
		const answers: Record< string, unknown > = {
			'GET /servers/12': { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } },
		};
		const { gateway } = open( { answers } );
		await until( () => document.body.textContent?.includes( 'The backend does not answer.' ) );
		answers[ 'GET /servers/12' ] = exampleView();
		button( 'Retry' )?.click();
		await until( () => field( 'SMTP Server', gateway ) );
		await until( () => ! document.body.textContent?.includes( 'does not answer' ) );
	} );

	test( 'a backend that went away is told once for both boxes, above them; what they show stays, and asks nothing', async () => {
		const { button, exampleView, field, type, until } = example;
		const answers: Record< string, unknown > = { 'GET /servers/12': exampleView() };
		const { connection, gateway, sent } = open( { answers } );
		type( await until( () => field( 'Brief Note', gateway ) ), 'typed' );
		answers[ 'GET /servers/12' ] = { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } };
		document.dispatchEvent( new Event( 'visibilitychange' ) );
		const banner = await until( () => document.querySelector( '.components-notice.is-error' ) );
		expect( document.querySelectorAll( '.components-notice.is-error' ) ).toHaveLength( 1 );
		expect( banner.compareDocumentPosition( connection ) ).toBe( Node.DOCUMENT_POSITION_FOLLOWING );
		await until( () => document.body.textContent?.includes( 'The boxes below show what was known on' ) );
		expect( field( 'Brief Note', gateway )?.value ).toBe( 'typed' );
		const asking = [ 'Check Connection', 'Forget This Server', 'Reinstall Email Gateway', 'Check Settings' ];
		for ( const name of [ ...asking, 'Load Defaults', 'Send Test Email', 'Remove Email Gateway' ] ) {
			expect( [ name, button( name )?.getAttribute( 'aria-disabled' ) ] ).toEqual( [ name, 'true' ] );
			button( name )?.click();
		}
		expect( sent.filter( ( { method } ) => method !== 'GET' ) ).toEqual( [] );
		answers[ 'GET /servers/12' ] = exampleView();
		button( 'Retry' )?.click();
		await until( () => ! document.querySelector( '.components-notice.is-error' ) );
		expect( button( 'Reinstall Email Gateway', gateway )?.getAttribute( 'aria-disabled' ) ).toBe( 'false' );
	} );

	test( 'a change that did not finish is told where the state is, with the button that mends it', async () => {
		const { button, exampleView, until } = example;
		const { gateway, sent } = open( {
			answers: {
				'GET /servers/12': exampleView( { gateway: { state: 'unfinished', installed: null } } ),
				'POST /servers/12/gateway/install': { jobId: 'abc' },
			},
		} );
		( await until( () => button( 'Repair and Install', gateway ) ) ).click();
		await until( () => sent.some( ( { path } ) => path.endsWith( '/install' ) ) );
		expect( gateway.textContent ).toContain( 'The last change to this server did not finish.' );
		close();
		const again = open( {
			answers: { 'GET /servers/12': exampleView( { gateway: { state: 'unfinished' } } ) },
		} );
		( await until( () => button( 'Repair and Reinstall', again.gateway ) ) ).click();
		await until( () => again.gateway.querySelector( '[role="alertdialog"]' ) );
	} );

	test( 'a connection that works is told to a screen reader, too', async () => {
		const { button, exampleView, until } = example;
		const result = { verb: 'check_connection', system: 'Debian GNU/Linux 12', asRoot: 'root', mailSystem: null };
		const checked = { ...job, verb: 'check_connection', state: 'succeeded', result };
		open( {
			answers: {
				'GET /servers/12': exampleView(),
				'PUT /servers/12/connection': { jobId: 'abc' },
				'GET /servers/12/jobs/abc': { job: checked, events: [] },
			},
		} );
		const region = '<div id="a11y-speak-polite" class="a11y-speak-region"></div>';
		document.body.insertAdjacentHTML( 'beforeend', region );
		( await until( () => button( 'Check Connection' ) ) ).click();
		const spoken = () => document.getElementById( 'a11y-speak-polite' )?.textContent;
		await until( () => spoken()?.includes( 'Connected: Debian GNU/Linux 12.' ) );
	} );

	test( 'another entry of the same server is named, and leads there', async () => {
		const { exampleView, until } = example;
		const detail = { siteUrl: 'https://site.example', sameSite: true, serverId: 5 };
		const failed = {
			...job,
			state: 'failed',
			error: { code: 'managed_by_another_site', detail, changed: 'nothing' },
		};
		const answers: Record< string, unknown > = {
			'GET /servers/12': exampleView( { job: failed as never, gateway: { installed: null } } ),
			'GET /servers/5/entry': { title: 'web1', url: '/wp-admin/post.php?post=5&action=edit' },
		};
		const { gateway } = open( { answers } );
		const link = await until( () => gateway.querySelector( '.components-notice a' ) );
		expect( [ link.textContent, link.getAttribute( 'href' ) ] ).toEqual( [
			'web1',
			'/wp-admin/post.php?post=5&action=edit',
		] );
		close();
		delete answers[ 'GET /servers/5/entry' ];
		const { gateway: gone } = open( { answers } );
		await until( () => gone.textContent?.includes( '(number 5) was deleted or belongs to someone else' ) );
	} );

	test( 'a message about any field can lead to it', async () => {
		const { exampleView, until } = example;
		const view = exampleView();
		const connection = { ...view.connection, signIn: 'password', sshUser: 'deploy' };
		const { gateway } = open( { answers: { 'GET /servers/12': { ...view, connection } } } );
		await until( () => example.field( 'To', gateway ) );
		const fields = document.querySelectorAll( 'input:not( [type="radio"] ), textarea:not( [readonly] )' );
		expect( fields.length ).toBeGreaterThan( 14 );
		expect( [ ...fields ].filter( ( one ) => ! one.matches( '[data-field]' ) ) ).toEqual( [] );
	} );

	test( 'an unknown host key is trusted by the fingerprint that was shown', async () => {
		const { button, exampleView, until } = example;
		const view = exampleView();
		const hostKey = { ...view.connection?.hostKey, state: 'unknown', trustedAt: null, trustedBy: null };
		const { sent } = open( {
			answers: {
				'GET /servers/12': { ...view, connection: { ...view.connection, hostKey } },
				'POST /servers/12/connection/trust': { jobId: 'abc' },
			},
		} );
		( await until( () => button( 'Trust This Host Key' ) ) ).click();
		const trust = await until( () => sent.find( ( { path } ) => path.endsWith( '/trust' ) ) );
		expect( trust.data ).toEqual( { fingerprint: hostKey.fingerprint } );
	} );

	test( 'nothing of ours goes with the post: no names, and Enter stays in the field', async () => {
		const { exampleView, field, until } = example;
		const { gateway } = open( { answers: { 'GET /servers/12': exampleView() } } );
		const input = await until( () => field( 'SMTP Server', gateway ) );
		const enter = new KeyboardEvent( 'keydown', { key: 'Enter', bubbles: true, cancelable: true } );
		input.dispatchEvent( enter );
		expect( enter.defaultPrevented ).toBe( true );
		const form = document.querySelector( 'form' ) as HTMLFormElement;
		expect( [ ...new FormData( form ).keys() ] ).toEqual( [] );
	} );

	test( 'an unpaired site leads those who may pair it to the settings, and nobody else', async () => {
		const { until } = example;
		const paired = { paired: false };
		const admin = open( { page: paired, answers: {} } );
		expect( ( await until( () => admin.gateway.querySelector( 'a' ) ) ).getAttribute( 'href' ) ).toBe(
			'/settings#connection'
		);
		admin.close();
		const customer = open( { page: { ...paired, may: [ 'run_gateway' ] }, answers: {} } );
		await until( () => customer.gateway.textContent?.includes( 'Ask your administrator.' ) );
		expect( customer.gateway.querySelector( 'a' ) ).toBeNull();
		expect( customer.sent ).toEqual( [] );
	} );
} );
