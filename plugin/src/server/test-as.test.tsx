/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';
import type * as States from '../screens/test-as-states.ts';

jest.setTimeout( 120_000 );

let example: typeof Example;
let states: typeof States;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
	states = await import( '../screens/test-as-states.ts' );
} );

async function open( name: string ) {
	const answers = states.testAsStates.find( ( state ) => state.name === name )?.answers ?? {};
	const screen = example.openScreen( { answers } );
	const link = await example.until( () => example.button( 'Send as a Site', screen.gateway ) );
	const asked = () => screen.sent.filter( ( { path } ) => path.endsWith( '/sites' ) );
	const posts = () => screen.sent.filter( ( { method } ) => method === 'POST' );
	const sendAs = async ( uid: string ) => {
		const field = await example.until( () => {
			const found = screen.gateway.querySelector< HTMLSelectElement >( '[data-field="uid"]' );
			return found && found.options.length > 1 ? found : null;
		} );
		field.value = uid;
		field.dispatchEvent( new Event( 'change', { bubbles: true } ) );
		return field;
	};
	const send = () => example.button( 'Send Test Email', screen.gateway )?.click();
	return { ...screen, link, asked, posts, sendAs, send };
}
const fromOf = ( { gateway }: { gateway: HTMLElement } ) =>
	gateway.querySelector< HTMLInputElement >( '[data-field="from"]' )?.value;

test( 'sites are asked for when a person wants to send as one, and its route names the sender', async () => {
	const screen = await open( 'test-as-a-site' );
	expect( screen.asked() ).toEqual( [] );
	screen.link.click();
	const field = await screen.sendAs( '2001' );
	// a number without a name can send none
	expect( [ ...field.options ].map( ( { value } ) => value ) ).toEqual( [
		'',
		'2004',
		'2002',
		'2003',
		'2001',
		'33',
	] );
	expect( [ ...field.options ].map( ( { text } ) => text ) ).toContain( 'one.example, sent by www-data' );
	await example.until( () => fromOf( screen ) === 'wordpress@shop.example' );
	screen.send();
	await example.until(
		() => screen.gateway.textContent?.includes( 'Sent as shop.example. Its route has the account' )
	);
	expect( screen.posts()[ 0 ]?.data ).toMatchObject( { uid: 2001, from: 'wordpress@shop.example' } );
	screen.close();
} );

test( 'the one address of a route is the sender; as the server itself it is as before', async () => {
	const screen = await open( 'test-as-a-site' );
	const own = fromOf( screen );
	screen.link.click();
	await screen.sendAs( '2002' );
	await example.until( () => fromOf( screen ) === 'news@group.example' );
	screen.link.click();
	await example.until( () => fromOf( screen ) === own );
	screen.send();
	await example.until( () => screen.posts()[ 0 ] );
	expect( Object.keys( screen.posts()[ 0 ]?.data ?? {} ).sort() ).toEqual( [ 'from', 'to' ] );
	screen.close();
} );

test.each( [
	[ 'test-as-held', 'Sending of its Unix user is paused.', 'the message stays on hold' ],
	[ 'test-as-without-route', 'which has no route', 'by the account of the gateway' ],
	[ 'test-as-not-shown', 'an account that you are not shown', '' ],
	[ 'test-as-refused-login', 'wrong user or password', 'under Settings → Email Gateway → Accounts' ],
] )( '%s: it is told what became of it', async ( name, ...words ) => {
	const screen = await open( name );
	screen.send();
	await example.until( () => screen.gateway.querySelector( '[data-test-outcome]' ) );
	for ( const one of words ) {
		await example.until( () => screen.gateway.textContent?.includes( one ) );
	}
	// an account of a route is not typed in the form of the gateway
	expect( screen.gateway.textContent ).not.toContain( 'Then press Reinstall Email Gateway' );
	screen.close();
} );
