/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';
import type * as States from '../screens/sandbox-states.ts';

jest.setTimeout( 120_000 );

let example: typeof Example;
let states: typeof States;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
	states = await import( '../screens/sandbox-states.ts' );
} );

async function open( name: string ) {
	const answers = states.sandboxStates.find( ( state ) => state.name === name )?.answers ?? {};
	const screen = example.openScreen( { answers } );
	const section = await example.until( () => example.disclosure( 'Sandbox', screen.gateway ) );
	section.open = true;
	section.dispatchEvent( new Event( 'toggle' ) );
	await example.until( () => example.button( 'Preview Sandbox', section ) );
	return { ...screen, section };
}
const posts = ( sent: Example.Sent[] ) => sent.filter( ( { method } ) => method === 'POST' );

test( 'it is offered where a site says that it is no production', async () => {
	const { gateway, close } = await open( 'sandbox-offered' );
	expect( gateway.textContent ).toContain( 'staging.site.example (Staging), dev.site.example (Development)' );
	close();
} );

test( 'a server whose sandbox is on says so first, and what it does not see', async () => {
	const { gateway, close } = await open( 'sandbox-redirects' );
	expect( gateway.textContent ).toContain(
		'all mail of this server goes to tests@site.example, but for what is sent to site.example, agency.example.'
	);
	expect( gateway.textContent ).toContain( 'HTTP API' );
	expect( gateway.textContent ).toContain( 'tests@site.example gets this message in place of its recipient.' );
	close();
} );

test( 'a test email that it kept proves nothing of the provider', async () => {
	const { gateway, close } = await open( 'sandbox-test-kept' );
	expect( gateway.textContent ).toContain( 'The provider was not asked, so this says nothing of the login.' );
	close();
} );

test( 'one mailbox gets all mail unless somebody chooses otherwise; a refused field has its sentence', async () => {
	const { section, sent, close } = await open( 'sandbox-refused-fields' );
	example.button( 'Turn On Sandbox', section )?.click();
	await example.until( () => section.textContent?.includes( 'without a port, a star or an address' ) );
	expect( section.textContent ).toContain( 'Allowed Domains: Enter domains alone' );
	expect( section.textContent ).toContain( 'This is not a single mail address' );
	expect( posts( sent )[ 0 ]?.data ).toEqual( {
		rules: { kind: 'redirect', mailbox: 'me@example.com', allowed: [] },
	} );
	close();
} );

test( 'turning it off asks about held mail, and releases none that nobody chose', async () => {
	const { section, sent, close } = await open( 'sandbox-turned-off' );
	example.button( 'Turn Off Sandbox', section )?.click();
	const question = await example.until( () => section.querySelector< HTMLElement >( '[role="alertdialog"]' ) );
	example.button( 'Turn Off Sandbox', question )?.click();
	await example.until( () => section.textContent?.includes( '12 messages stay on hold.' ) );
	expect( posts( sent )[ 0 ]?.data ).toEqual( { held: 'keep' } );
	expect( section.open ).toBe( true );
	close();
} );

test( 'what it would change can be seen before', async () => {
	const { section, sent, close } = await open( 'sandbox-preview' );
	example.button( 'Preview Sandbox', section )?.click();
	await example.until(
		() => section.textContent?.includes( 'The sandbox would change this. Nothing was changed yet.' )
	);
	expect( posts( sent ).map( ( { path } ) => path ) ).toEqual( [ '/servers/12/sandbox/preview' ] );
	close();
} );
