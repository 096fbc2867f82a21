/** @jest-environment jsdom */
import { beforeAll, expect, jest, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';
import type * as States from '../screens/queue-states.ts';

jest.setTimeout( 120_000 );

let example: typeof Example;
let states: typeof States;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
	states = await import( '../screens/queue-states.ts' );
} );

async function openQueue( answers: object = {}, page = {} ) {
	const screen = example.openScreen( { page, answers: { ...states.queueAnswers, ...answers } } );
	const queue = await example.until( () => example.disclosure( 'Queue', screen.gateway ) );
	queue.open = true;
	queue.dispatchEvent( new Event( 'toggle' ) );
	await example.until( () => example.button( 'Read Queue', queue ) );
	const changes = () => screen.sent.filter( ( { path } ) => path.endsWith( '/queue/change' ) );
	return { ...screen, queue, changes };
}

test( 'the queue is told with how many messages have what in common', async () => {
	const { queue, sent, close } = await openQueue();
	await example.until( () => queue.querySelector( 'tbody tr' ) );
	expect( queue.textContent ).toContain( '10,412 messages in the queue' );
	expect( queue.textContent ).toContain( 'shop_example (10,288)' );
	expect( queue.textContent ).toContain( 'and 38 more' );
	expect( queue.textContent ).toContain( 'or a pause, cap or route that is no longer there' );
	// it was read a moment ago
	expect( sent.some( ( { path } ) => path.endsWith( '/queue/read' ) ) ).toBe( false );
	close();
} );

test( 'one that was read before is read again when it is opened', async () => {
	const old = states.queuePage( { readAt: '2026-11-29T12:00:00Z' } );
	const { sent, close } = await openQueue( { 'GET /servers/12/queue': old } );
	await example.until( () => sent.some( ( { path } ) => path.endsWith( '/queue/read' ) ) );
	close();
} );

const boxes = ( queue: HTMLElement ) => [
	...queue.querySelectorAll< HTMLInputElement >( 'tbody input[type="checkbox"]' ),
];
const allOf = ( queue: HTMLElement ) =>
	[ ...queue.querySelectorAll( 'label' ) ].find( ( { textContent } ) => textContent?.startsWith( 'All ' ) );

test( 'without a choice no button does anything; ticked ones are sent by their ids, and then no more', async () => {
	const { queue, changes, close } = await openQueue();
	await example.until( () => queue.textContent?.includes( 'Choose messages below, or all of them.' ) );
	for ( const name of [ 'Retry Now', 'Hold', 'Release', 'Delete' ] ) {
		const found = example.button( name, queue );
		expect( found?.disabled || found?.getAttribute( 'aria-disabled' ) === 'true' ).toBe( true );
		found?.click();
	}
	( await example.until( () => boxes( queue )[ 1 ] ) ).click();
	await example.until( () => queue.textContent?.includes( '1 message is chosen.' ) );
	( await example.until( () => example.button( 'Retry Now', queue ) ) ).click();
	await example.until( () => changes().length === 1 );
	expect( changes()[ 0 ]?.data ).toMatchObject( { action: 'retry', which: { ids: [ '4jYGXn2QwTz2' ] } } );
	await example.until( () => queue.textContent?.includes( '310 messages were deleted.' ) );
	expect( queue.textContent ).toContain( '2 messages had already left the queue.' );
	expect( queue.textContent ).toContain( 'Choose messages below, or all of them.' );
	close();
} );

test( 'what is ticked stays so when the queue is read again; what has left it is no longer chosen, which never means all', async () => {
	const read = states.queuePage();
	let hasLeft = false;
	const { queue, changes, close } = await openQueue( {
		'GET /servers/12/queue': () => ( hasLeft ? { ...read, entries: read.entries.slice( 1 ) } : read ),
	} );
	await example.until( () => boxes( queue ).length > 0 );
	boxes( queue )[ 0 ]?.click();
	await example.until( () => queue.textContent?.includes( '1 message is chosen.' ) );
	boxes( queue )[ 1 ]?.click();
	await example.until( () => queue.textContent?.includes( '2 messages are chosen.' ) );
	hasLeft = true;
	( await example.until( () => example.button( 'Read Queue', queue ) ) ).click();
	await example.until( () => queue.textContent?.includes( '1 message is chosen.' ) );
	boxes( queue )[ 0 ]?.click();
	await example.until( () => queue.textContent?.includes( 'Choose messages below, or all of them.' ) );
	example.button( 'Delete', queue )?.click();
	expect( queue.textContent ).not.toContain( 'Delete 10,412 messages?' );
	expect( changes() ).toHaveLength( 0 );
	close();
} );

test( 'all are a choice of their own; Delete asks with their number, and only then deletes', async () => {
	const { queue, changes, close } = await openQueue();
	( await example.until( () => allOf( queue ) ) ).click();
	await example.until( () => queue.textContent?.includes( '10,412 messages are chosen.' ) );
	expect( boxes( queue ).every( ( { checked } ) => checked ) ).toBe( true );
	( await example.until( () => example.button( 'Delete', queue ) ) ).click();
	await example.until( () => queue.textContent?.includes( 'Delete 10,412 messages?' ) );
	expect( changes() ).toHaveLength( 0 );
	example.button( 'Cancel', queue )?.click();
	await example.until( () => example.button( 'Hold', queue ) );
	( await example.until( () => example.button( 'Delete', queue ) ) ).click();
	( await example.until( () => queue.querySelector< HTMLElement >( '[role="alertdialog"] .is-primary' ) ) ).click();
	await example.until( () => changes().length === 1 );
	expect( changes()[ 0 ]?.data ).toMatchObject( { action: 'delete', which: { filter: {} } } );
	await example.until( () => queue.textContent?.includes( 'Choose messages below, or all of them.' ) );
	close();
} );

test( 'who may not see the mail log has no queue, for it tells addresses', async () => {
	const { gateway, close } = example.openScreen( {
		page: { may: [ 'run_gateway' ] },
		answers: states.queueAnswers,
	} );
	await example.until( () => example.button( 'Reinstall Email Gateway', gateway ) );
	expect( example.disclosure( 'Queue', gateway ) ).toBeUndefined();
	close();
} );
