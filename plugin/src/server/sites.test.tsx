/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';
import type * as States from '../screens/sites-states.ts';

jest.setTimeout( 120_000 );

let example: typeof Example;
let states: typeof States;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
	states = await import( '../screens/sites-states.ts' );
} );

async function openSites( name: string ) {
	const answers = states.sitesStates.find( ( state ) => state.name === name )?.answers ?? {};
	const screen = example.openScreen( { answers } );
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
