/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';
import type * as States from '../screens/backup-states.ts';

jest.setTimeout( 120_000 );

let example: typeof Example;
let states: typeof States;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
	states = await import( '../screens/backup-states.ts' );
} );

async function open( name: string, page = {} ) {
	const answers = states.backupStates.find( ( state ) => state.name === name )?.answers ?? {};
	const screen = example.openScreen( { answers, page } );
	const section = await example.until( () => example.disclosure( 'Backup Account', screen.gateway ) );
	section.open = true;
	await example.until( () => example.button( 'Save Backup Account', section ) );
	return { ...screen, section };
}

test( 'a server that sends by its backup says so first: since when, why, and what ends it', async () => {
	const { gateway, section, close } = await open( 'backup-active' );
	expect( gateway.textContent ).toMatch(
		/Sending by the backup account Backup at a second provider at smtp\.second/
	);
	expect( gateway.textContent ).toContain( 'smtp.example.com no longer accepts the login of the first account.' );
	expect( section.textContent ).toContain( '42 messages have left by the backup account since.' );
	expect( section.textContent ).toContain( 'site.example: its mail may be marked as spam or refused' );
	expect( example.button( 'Switch Now', section ) ).toBeUndefined();
	close();
} );

test( 'what may arrive twice is counted and named', async () => {
	const { section, close } = await open( 'backup-active-twice' );
	expect( section.textContent ).toContain( 'to 2 messages was lost, so they may arrive twice: 4jYGXn2QwTz1, 4jYG' );
	close();
} );

test( 'an account is chosen and saved; a refusal has its sentence', async () => {
	const { section, sent, close } = await open( 'backup-refused' );
	example.button( 'Save Backup Account', section )?.click();
	await example.until( () => section.textContent?.includes( 'sends by that account already' ) );
	expect( sent.find( ( { method } ) => method === 'PUT' )?.data ).toEqual( {
		...{ account: '00000000-0000-4000-8000-00000000000c', automatic: true, atLimit: false, afterMinutes: 15 },
	} );
	close();
} );

test( 'switching by hand asks first', async () => {
	const { section, sent, close } = await open( 'backup-chosen' );
	example.button( 'Switch Now', section )?.click();
	await example.until( () => section.textContent?.includes( 'Switch to the backup account?' ) );
	expect( sent.filter( ( { method } ) => method === 'POST' ) ).toEqual( [] );
	close();
} );
