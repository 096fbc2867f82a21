/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';
import type * as States from '../screens/mail-log-states.ts';
import { mailCsv } from '../mail-log/mail-csv.ts';

jest.setTimeout( 120_000 );

let example: typeof Example;
let states: typeof States;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
	states = await import( '../screens/mail-log-states.ts' );
} );

const stateOf = ( name: string ) => states.mailLogStates.find( ( state ) => state.name === name );

async function openLog( page = {}, more = {} ) {
	const screen = example.openScreen( { page, answers: { ...stateOf( 'mail-log' )?.answers, ...more } } );
	const log = await example.until( () => example.disclosure( 'Mail Log', screen.gateway ) );
	log.open = true;
	log.dispatchEvent( new Event( 'toggle' ) );
	return { ...screen, log };
}

test( 'the log is asked for when it is opened, and tells outcome, cause and what is not known', async () => {
	const { log, sent, close } = await openLog();
	await example.until( () => log.querySelector( 'tbody tr' ) );
	expect( sent.filter( ( { path } ) => path.endsWith( '/mail-log' ) ) ).toHaveLength( 1 );
	expect( log.textContent ).toContain( 'Accepted means that the provider accepted the message.' );
	expect( log.textContent ).toContain( 'that part of the log is gone' );
	expect( log.querySelectorAll( 'tbody > tr' ) ).toHaveLength( 5 );
	close();
} );

test( 'one message is told to its reply, with its next try', async () => {
	const { log, close } = await openLog();
	const details = await example.until( () =>
		log.querySelector< HTMLElement >( '[aria-label="Details of the message to bob@example.org"]' )
	);
	details.click();
	await example.until( () => log.textContent?.includes( '450 4.7.1 Greylisted, try again later' ) );
	await example.until( () => log.textContent?.includes( 'Postfix tries again by' ) );
	expect( details.getAttribute( 'aria-expanded' ) ).toBe( 'true' );
	close();
} );

test( 'volume and speed are asked for when they are opened, and a table says the same as the picture', async () => {
	const { gateway, sent, close } = example.openScreen( { answers: stateOf( 'mail-plots' )?.answers ?? {} } );
	const plots = await example.until( () => example.disclosure( 'Volume and Speed', gateway ) );
	expect( sent.filter( ( { path } ) => path.endsWith( '/counters' ) ) ).toHaveLength( 0 );
	plots.open = true;
	plots.dispatchEvent( new Event( 'toggle' ) );
	await example.until( () => plots.querySelectorAll( 'tbody tr' ).length === 24 );
	expect( plots.querySelectorAll( '[role="img"][aria-label]' ) ).toHaveLength( 2 );
	expect( sent.filter( ( { path } ) => path.endsWith( '/counters' ) ) ).toHaveLength( 1 );
	expect( plots.textContent ).toContain( 'shop_example' );
	close();
} );

test( 'a search that was refused says why by the label, and leaves no older rows as its result', async () => {
	const path = 'GET /servers/12/mail-log';
	const fields = [ { path: 'recipient', problem: 'short_search' } ];
	const refuse = { code: 'invalid_request', message: '', data: { status: 422, fields } };
	let asked = 0;
	const answer = () => ( asked++ === 0 ? stateOf( 'mail-log' )?.answers?.[ path ] : { refuse } );
	const { log, close } = await openLog( {}, { [ path ]: answer } );
	await example.until( () => log.querySelector( 'tbody tr' ) );
	example.button( 'Search', log )?.click();
	await example.until( () => log.textContent?.includes( 'Recipient: Type a whole address' ) );
	expect( log.querySelector( 'tbody tr' ) ).toBeNull();
	close();
} );

test( 'a cause is chosen by its sentence, and a time of one’s own by two fields', async () => {
	const { log, close } = await openLog();
	await example.until( () => log.querySelector( 'tbody tr' ) );
	const choice = ( words: string ) =>
		[ ...log.querySelectorAll( 'option' ) ].find( ( { textContent } ) => textContent === words );
	expect( choice( 'The account at the provider has reached its limit.' )?.value ).toBe( 'quota_exceeded' );
	const times = () => log.querySelectorAll( 'input[type="datetime-local"]' ).length;
	expect( times() ).toBe( 0 );
	const between = choice( 'From one time until another' );
	( between as HTMLOptionElement ).selected = true;
	between?.closest( 'select' )?.dispatchEvent( new Event( 'change', { bubbles: true } ) );
	await example.until( () => times() === 2 );
	close();
} );

test( 'who may not see it has no Mail Log', async () => {
	const { gateway, close } = example.openScreen( {
		page: { may: [ 'run_gateway' ] },
		answers: stateOf( 'mail-log' )?.answers ?? {},
	} );
	await example.until( () => example.button( 'Reinstall Email Gateway', gateway ) );
	expect( example.disclosure( 'Mail Log', gateway ) ).toBeUndefined();
	close();
} );

test( 'an export names servers as the screen does', () => {
	const [ first ] = states.mailEntries;
	expect( first && mailCsv( [ { ...first, serverId: 4 } ], new Map( [ [ 4, 'web1' ] ] ) ) ).toContain( '"web1"' );
} );

test( 'an export makes no formula of what a stranger wrote', () => {
	const [ first ] = states.mailEntries;
	const text = mailCsv(
		[ { ...( first as never as ( typeof states.mailEntries )[ number ] ), sender: '=HYPERLINK("x")' } ],
		null
	);
	expect( text ).toContain( `"'=HYPERLINK(""x"")"` );
} );
