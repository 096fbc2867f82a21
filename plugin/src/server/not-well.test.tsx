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

describe( 'the screen of a server', () => {
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

	test( 'a part that was not answered is told by the banner, too, and waits with all buttons; then it asks again', async () => {
		const { button, disclosure, exampleView, until } = example;
		const away = { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } };
		const answers: Record< string, unknown > = {
			...{ 'GET /servers/12': exampleView(), 'GET /servers/12/audit': away },
		};
		open( { answers, page: { may: [ 'run_gateway', 'see_audit', 'change_connection' ] } } );
		const activity = await until( () => disclosure( 'Activity' ) );
		answers[ 'GET /servers/12' ] = away;
		activity.open = true;
		activity.dispatchEvent( new Event( 'toggle' ) );
		await until( () => document.querySelector( '.components-notice.is-error' ) );
		expect( document.querySelectorAll( '.components-notice.is-error' ) ).toHaveLength( 1 );
		for ( const name of [ 'Check Connection', 'Send Test Email', 'Copy' ] ) {
			expect( [ name, button( name )?.getAttribute( 'aria-disabled' ) ] ).toEqual( [
				name,
				String( name !== 'Copy' ),
			] );
		}
		answers[ 'GET /servers/12' ] = exampleView();
		answers[ 'GET /servers/12/audit' ] = { entries: [], next: null };
		button( 'Retry' )?.click();
		await until( () => activity.textContent?.includes( 'Nothing yet.' ) );
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
} );
