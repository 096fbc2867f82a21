/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';
import type * as States from '../screens/routes-states.ts';

jest.setTimeout( 120_000 );

let example: typeof Example;
let states: typeof States;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
	states = await import( '../screens/routes-states.ts' );
} );

const named = ( place: HTMLElement, label: string ) =>
	example.until( () => place.querySelector< HTMLElement >( `[aria-label="${ label }"]` ) );

/** The backup of the route of shop.example, opened. */
async function open( name: string, more: Record< string, unknown > = {}, page = {} ) {
	const answers = { ...states.routesStates.find( ( state ) => state.name === name )?.answers, ...more };
	const screen = example.openScreen( { answers, page } );
	const sites = await example.until( () => example.disclosure( 'Sites on This Server', screen.gateway ) );
	sites.open = true;
	await named( sites, 'Change Route: shop.example' );
	return { ...screen, sites };
}
const panel = async ( sites: HTMLElement ) => {
	( await named( sites, 'Backup Account: shop.example' ) ).click();
	const section = await named( sites, 'Backup account of the route of shop.example' );
	await example.until( () => example.button( 'Save Backup Account', section ) );
	return section;
};

test( 'an account is chosen for one route and saved; a refusal has its sentence', async () => {
	const refuse = { code: 'same_account', message: '', data: { status: 409, detail: {} } };
	const { sites, sent, close } = await open( 'routes-backup-chosen', {
		'PUT /servers/12/routes/backup': { refuse },
	} );
	expect( sites.textContent ).toContain( 'Backup account: Backup at a second provider' );
	const section = await panel( sites );
	example.button( 'Save Backup Account', section )?.click();
	await example.until( () => section.textContent?.includes( 'sends by that account already' ) );
	expect( sent.find( ( { method } ) => method === 'PUT' )?.data ).toEqual( {
		...{ uid: 2001, automatic: true, atLimit: false, afterMinutes: 15 },
		account: '00000000-0000-4000-8000-00000000000c',
	} );
	close();
} );

test( 'a route that sends by its backup says since when, why, what ends it, and how receivers see it', async () => {
	const { sites, sent, close } = await open( 'routes-backup-active' );
	const section = await panel( sites );
	expect( section.textContent ).toMatch(
		/Sending by the backup account Backup at a second provider at smtp\.second/
	);
	expect( section.textContent ).toContain( 'smtp.shop.example no longer accepts the login of the first account.' );
	expect( section.textContent ).toContain( '42 messages have left by the backup account since.' );
	expect( section.textContent ).toContain( 'shop.example: its mail may be marked as spam or refused' );
	expect( example.button( 'Switch Now', section ) ).toBeUndefined();
	example.button( 'Switch Back', section )?.click();
	await example.until( () => section.textContent?.includes( 'Switch back to the first account?' ) );
	expect( sent.filter( ( { method } ) => method === 'POST' ) ).toEqual( [] );
	close();
} );

test( 'switching by hand asks first, and is for this route', async () => {
	const { sites, sent, close } = await open( 'routes-backup-chosen' );
	const section = await panel( sites );
	example.button( 'Switch Now', section )?.click();
	const question = await example.until( () => section.querySelector< HTMLElement >( '[role="alertdialog"]' ) );
	expect( question.textContent ).toContain( 'mail of this Unix user leaves by it, also what waits' );
	example.button( 'Switch Now', question )?.click();
	await example.until( () => sent.find( ( { method } ) => method === 'POST' ) );
	expect( sent.find( ( { method } ) => method === 'POST' ) ).toMatchObject( {
		...{ path: '/servers/12/routes/backup/switch', data: { uid: 2001 } },
	} );
	close();
} );

test( 'who may not manage the accounts is not offered one', async () => {
	const { sites, close } = await open( 'routes-backup-none', {}, { may: [ 'run_gateway', 'see_mail_log' ] } );
	expect( sites.textContent ).not.toContain( 'Backup Account' );
	close();
} );
