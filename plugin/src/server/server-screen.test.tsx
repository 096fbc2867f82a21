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
