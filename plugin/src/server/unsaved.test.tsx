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

const form = () => document.querySelector( 'form' ) as HTMLFormElement;

function open( answers: Record< string, unknown > = {} ) {
	const view = example.exampleView( { gateway: { installed: null, submitted: null } } );
	const screen = example.openScreen( { answers: { 'GET /servers/12': view, ...answers } } );
	close = screen.close;
	const save = document.createElement( 'button' );
	save.textContent = 'Save Name and Owner';
	form().append( save );
	let saved = 0;
	// what WordPress hears, and what the browser would do then
	form().addEventListener( 'submit', ( event ) => {
		saved += 1;
		event.preventDefault();
	} );
	return { ...screen, save, saved: () => saved };
}

/** Whether the browser would ask before it leaves the page. */
function asksBeforeLeaving(): boolean {
	return ! window.dispatchEvent( new Event( 'beforeunload', { cancelable: true } ) );
}

describe( 'what was typed, and not saved', () => {
	test.each( [
		[ 'Host', 'connection', 'Server Connection' ],
		[ 'SMTP Server', 'gateway', 'Email Gateway' ],
	] as const )(
		'%s: leaving and saving the post ask first, and Keep Editing keeps it',
		async ( label, box, title ) => {
			const { button, field, type, until } = example;
			const screen = open();
			const input = await until( () => field( label, screen[ box ] ) );
			expect( asksBeforeLeaving() ).toBe( false );
			type( input, 'typed.example.com' );
			await until( asksBeforeLeaving );
			screen.save.click();
			await until( () => document.body.textContent?.includes( `Save without what you typed in ${ title }?` ) );
			expect( screen.saved() ).toBe( 0 );
			( await until( () => button( 'Keep Editing' ) ) ).click();
			await until( () => ! button( 'Keep Editing' ) );
			expect( [ input.value, screen.saved(), asksBeforeLeaving() ] ).toEqual( [ 'typed.example.com', 0, true ] );
		}
	);

	test( 'goes when the person says so, and nothing is asked again', async () => {
		const { button, field, type, until } = example;
		const { gateway, save, saved } = open();
		type( await until( () => field( 'User Name', gateway ) ), 'me' );
		await until( asksBeforeLeaving );
		save.click();
		const question = await until( () => document.querySelector( '[role="alertdialog"]' ) );
		// what loses something is not the first button
		expect( [ ...question.querySelectorAll( 'button' ) ].map( ( one ) => one.textContent ) ).toEqual( [
			'Keep Editing',
			'Discard It and Save',
		] );
		button( 'Discard It and Save' )?.click();
		await until( () => saved() === 1 );
		expect( asksBeforeLeaving() ).toBe( false );
	} );

	test( 'nothing is asked where nothing was typed, or it was typed back', async () => {
		const { field, type, until } = example;
		const { gateway, save, saved } = open();
		const input = await until( () => field( 'User Name', gateway ) );
		type( input, 'me' );
		await until( asksBeforeLeaving );
		type( input, '' );
		await until( () => ! asksBeforeLeaving() );
		save.click();
		expect( saved() ).toBe( 1 );
	} );

	test( 'Check Settings saves nothing, an install that was taken does', async () => {
		const { button, field, type, until } = example;
		const { gateway, sent } = open( {
			'POST /servers/12/gateway/check': { jobId: 'abc' },
			'POST /servers/12/gateway/install': { jobId: 'abc' },
		} );
		type( await until( () => field( 'User Name', gateway ) ), 'me' );
		type( await until( () => field( 'Password', gateway ) ), 'secret' );
		button( 'Check Settings', gateway )?.click();
		await until( () => sent.some( ( { path } ) => path.endsWith( '/check' ) ) );
		await until( () => gateway.textContent?.includes( 'The backend does not know this.' ) );
		expect( asksBeforeLeaving() ).toBe( true );
		button( 'Install Email Gateway', gateway )?.click();
		await until( () => ! asksBeforeLeaving() );
		expect( field( 'Password', gateway )?.value ).toBe( '' );
	} );

	test.each( [
		[ 'a dead backend', { code: 'backend_unreachable', message: '', data: { status: 503 } }, 'does not answer' ],
		[
			'an expired login',
			{ code: 'rest_cookie_invalid_nonce', message: '', data: { status: 403 } },
			'Log in again in another tab, then press the button again. What you typed is kept.',
		],
	] )( '%s keeps every field, and says so', async ( _what, refuse, sentence ) => {
		const { button, field, type, until } = example;
		// api-fetch asks for a new nonce first: refused as well
		globalThis.fetch = async () => ( { ok: false } ) as Response;
		const { connection, gateway } = open( {
			'PUT /servers/12/connection': { refuse },
			'POST /servers/12/gateway/install': { refuse },
		} );
		type( await until( () => field( 'Host', connection ) ), 'typed.example.com' );
		type( await until( () => field( 'Password', gateway ) ), 'secret' );
		button( 'Check Connection', connection )?.click();
		if ( refuse.code === 'backend_unreachable' ) {
			// told above both boxes, whose buttons wait
			await until( () => document.body.textContent?.includes( sentence ) );
			await until( () => button( 'Install Email Gateway', gateway )?.getAttribute( 'aria-disabled' ) === 'true' );
		} else {
			await until( () => connection.textContent?.includes( sentence ) );
			button( 'Install Email Gateway', gateway )?.click();
			await until( () => gateway.textContent?.includes( sentence ) );
		}
		expect( [ field( 'Host', connection )?.value, field( 'Password', gateway )?.value ] ).toEqual( [
			'typed.example.com',
			'secret',
		] );
		expect( asksBeforeLeaving() ).toBe( true );
	} );
} );

test( 'the focus stays near a button that goes when its work is done', async () => {
	const { button, exampleView, until } = example;
	const view = exampleView();
	const hostKey = { ...view.connection?.hostKey, state: 'unknown', trustedAt: null, trustedBy: null };
	const answers: Record< string, unknown > = {
		'GET /servers/12': { ...view, connection: { ...view.connection, hostKey } },
		'POST /servers/12/forget': { leftBehind: false },
	};
	const { connection, close: end } = example.openScreen( { answers } );
	close = end;
	( await until( () => button( 'Forget This Server', connection ) ) ).focus();
	button( 'Forget This Server', connection )?.click();
	const confirm = await until( () => button( 'Forget', connection ) );
	answers[ 'GET /servers/12' ] = { ...view, connection: null };
	confirm.focus();
	confirm.click();
	await until( () => ! button( 'Forget This Server', connection ) );
	await until( () => connection.contains( document.activeElement ) );
	await until( () => connection.textContent?.includes( 'Forgotten.' ) );
} );

test( 'Advanced stays open while it is typed in, also when the field is emptied', async () => {
	const { field, type, until } = example;
	const { gateway } = open();
	const input = await until( () => field( 'Mail for root', gateway ) );
	const details = input.closest( 'details' ) as HTMLDetailsElement;
	expect( details.open ).toBe( false );
	details.open = true;
	details.dispatchEvent( new Event( 'toggle' ) );
	type( input, 'a' );
	await until( () => input.value === 'a' );
	type( input, '' );
	await until( () => input.value === '' && ! asksBeforeLeaving() );
	expect( details.open ).toBe( true );
} );
