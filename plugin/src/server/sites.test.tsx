/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';
import type * as RoutesStates from '../screens/routes-states.ts';
import type * as States from '../screens/sites-states.ts';

jest.setTimeout( 120_000 );

let example: typeof Example;
let states: typeof States & typeof RoutesStates;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
	states = {
		...( await import( '../screens/sites-states.ts' ) ),
		...( await import( '../screens/routes-states.ts' ) ),
	};
} );

async function openSites( name: string ) {
	const all = [ ...states.sitesStates, ...states.routesStates ];
	const { answers, page } = all.find( ( state ) => state.name === name ) ?? {};
	const screen = example.openScreen( { answers: answers ?? {}, ...( page && { page } ) } );
	const sites = await example.until( () => example.disclosure( 'Sites on This Server', screen.gateway ) );
	sites.open = true;
	sites.dispatchEvent( new Event( 'toggle' ) );
	await example.until( () => sites.querySelector( 'tbody tr' ) );
	return { ...screen, sites };
}
const labelled = ( place: HTMLElement, label: string ) =>
	example.until( () => place.querySelector< HTMLElement >( `[aria-label="${ label }"]` ) );

test( 'sites are told by Unix user; those that share one are told as what cannot be told apart', async () => {
	const { sites, close } = await openSites( 'sites' );
	expect( sites.querySelector( 'table' )?.querySelectorAll( 'tbody > tr' ) ).toHaveLength( 6 );
	expect( sites.textContent ).toContain( '203.0.113.90:587' );
	expect( sites.textContent ).toContain( 'neither Pause Sending nor the sandbox stops it' );
	expect( sites.textContent ).toContain( 'These sites share one Unix user' );
	expect( sites.textContent ).toContain( 'Paused: mail is held' );
	expect( sites.textContent ).toContain( '412 messages are held.' );
	close();
} );

test( 'a pause is asked about first, and says what was held', async () => {
	const { sites, sent, close } = await openSites( 'sites-paused' );
	( await labelled( sites, 'Pause Sending: shop.example' ) ).click();
	const question = await example.until( () => sites.querySelector< HTMLElement >( '[role="alertdialog"]' ) );
	expect( question.textContent ).toContain( 'Pause sending of shop.example?' );
	expect( sent.filter( ( { method } ) => method === 'POST' ) ).toEqual( [] );
	example.button( 'Pause Sending', question )?.click();
	await example.until( () => sites.textContent?.includes( '412 messages that waited in the queue are held, too.' ) );
	expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toEqual( { uid: 2001, how: 'hold' } );
	close();
} );

test( 'who resumes says what becomes of held mail; to delete it is a button of its own', async () => {
	const { sites, sent, close } = await openSites( 'sites-resumed' );
	( await labelled( sites, 'Resume Sending: blog.example' ) ).click();
	const question = await example.until( () => sites.querySelector< HTMLElement >( '[role="alertdialog"]' ) );
	example.field( 'Delete it: this cannot be undone', question )?.click();
	( await example.until( () => example.button( 'Delete Held Mail and Resume', question ) ) ).click();
	await example.until( () => sent.find( ( { method } ) => method === 'POST' ) );
	expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toEqual( { uid: 2002, held: 'delete' } );
	close();
} );

test( 'a route is set by a saved account; nothing is sent before one is chosen', async () => {
	const { sites, sent, close } = await openSites( 'routes-set' );
	expect( sites.textContent ).toContain( 'Mailgun EU' );
	expect( sites.textContent ).toContain( 'Older values of this account are installed.' );
	( await labelled( sites, 'Set Route: form.example' ) ).click();
	const question = await example.until( () => sites.querySelector< HTMLElement >( '[role="alertdialog"]' ) );
	const account = await example.until( () =>
		question.querySelector< HTMLSelectElement >( '[data-field="account"]' )
	);
	await example.until( () => account.options.length > 2 );
	example.button( 'Set Route', question )?.click();
	await example.until( () => question.textContent?.includes( 'This field is required.' ) );
	expect( sent.filter( ( { method } ) => method === 'POST' ) ).toEqual( [] );
	const { id } = ( await import( '../screens/example-accounts.ts' ) ).account;
	account.value = id;
	account.dispatchEvent( new Event( 'change', { bubbles: true } ) );
	example.button( 'Set Route', question )?.click();
	await example.until( () => sites.textContent?.includes( 'The route is set' ) );
	expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toEqual( {
		...{ uid: 2004, account: { use: 'account', id }, senders: [ 'form.example' ], sendAs: null },
	} );
	close();
} );

test( 'who may not manage accounts types one, and keeps one that is not shown', async () => {
	const { sites, sent, close } = await openSites( 'routes-customer-not-shown' );
	expect( sites.textContent ).toContain( 'An account that you are not shown' );
	( await labelled( sites, 'Set Route: form.example' ) ).click();
	await example.until( () => sites.querySelector( '[data-field="smtpServer"]' ) );
	expect( sites.querySelector( '[data-field="account"]' ) ).toBe( null );
	( await labelled( sites, 'Change Route: club.example' ) ).click();
	const question = await example.until( () => {
		const now = sites.querySelector< HTMLElement >( '[role="alertdialog"]' );
		return now?.textContent?.includes( 'mail of club.example' ) ? now : null;
	} );
	expect( question.querySelector( '[data-field="smtpServer"]' ) ).toBe( null );
	example.button( 'Set Route', question )?.click();
	await example.until( () => sent.find( ( { method } ) => method === 'POST' ) );
	expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toMatchObject( { account: { use: 'kept' } } );
	expect( sent.some( ( { path } ) => path.includes( 'accounts' ) ) ).toBe( false );
	close();
} );

test( 'a sender that is not listed is told with its count, and allowed with one click', async () => {
	const { sites, sent, close } = await openSites( 'routes-sender-allowed' );
	expect( sites.textContent ).toContain( '3 messages were held. 1 message was refused.' );
	( await labelled( sites, 'Allow This Sender: news@other.example' ) ).click();
	await example.until( () => sites.textContent?.includes( 'The route is set' ) );
	expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toEqual( {
		...{ uid: 2001, account: { use: 'kept' }, senders: [ 'shop.example', 'news@other.example' ], sendAs: null },
	} );
	close();
} );

test( 'what would break is told before side doors are closed; what was refused since is told after', async () => {
	const { sites, sent, close } = await openSites( 'sites-doors-changed' );
	expect( sites.textContent ).toContain( 'Closed. 12 connections were refused since the rule was loaded' );
	( await example.until( () => example.field( 'shop.example', sites ) ) ).click();
	( await example.until( () => example.button( 'Change Side Doors', sites ) ) ).click();
	const question = await example.until( () => sites.querySelector< HTMLElement >( '[role="alertdialog"]' ) );
	expect( question.textContent ).toContain( '203.0.113.90:587: seen by 41 looks' );
	expect( sent.filter( ( { method } ) => method === 'POST' ) ).toEqual( [] );
	example.button( 'Close Side Doors', question )?.click();
	await example.until( () => sent.find( ( { method } ) => method === 'POST' ) );
	expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toEqual( { uids: [ 2003, 2001 ] } );
	close();
} );

test( 'a side door is opened without a question', async () => {
	const { sites, sent, close } = await openSites( 'sites-doors-changed' );
	( await example.until( () => example.field( 'club.example', sites ) ) ).click();
	( await example.until( () => example.button( 'Change Side Doors', sites ) ) ).click();
	await example.until( () => sites.textContent?.includes( 'All side doors are open' ) );
	expect( sent.find( ( { method } ) => method === 'POST' )?.data ).toEqual( { uids: [] } );
	close();
} );

test( 'a route is checked before it is set: what receivers make of its senders, and the record to add', async () => {
	const { sites, sent, close } = await openSites( 'routes-checked' );
	( await labelled( sites, 'Change Route: shop.example' ) ).click();
	const question = await example.until( () => sites.querySelector< HTMLElement >( '[role="alertdialog"]' ) );
	example.button( 'Check Route', question )?.click();
	await example.until( () => sites.textContent?.includes( 'The account can sign in. Nothing was changed' ) );
	expect( sites.querySelector( '.email-gateway-records' )?.textContent ).toContain( 'shop.example' );
	expect( sent.find( ( { method } ) => method === 'POST' )?.path ).toBe( '/servers/12/routes/check' );
	// it can be set now
	expect( example.button( 'Set Route', question ) ).toBeTruthy();
	close();
} );
