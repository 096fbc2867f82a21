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

test( 'where none is chosen a button means all that the filter leaves; ticked ones are sent by their ids', async () => {
	const { queue, changes, close } = await openQueue();
	( await example.until( () => example.button( 'Hold', queue ) ) ).click();
	await example.until( () => changes().length === 1 );
	expect( changes()[ 0 ]?.data ).toMatchObject( { action: 'hold', which: { filter: {} } } );
	await example.until( () => queue.textContent?.includes( '310 messages were deleted.' ) );
	expect( queue.textContent ).toContain( '2 messages had already left the queue.' );

	const boxes = queue.querySelectorAll< HTMLInputElement >( 'tbody input[type="checkbox"]' );
	boxes[ 1 ]?.click();
	await example.until( () => queue.textContent?.includes( '1 message is chosen.' ) );
	( await example.until( () => example.button( 'Retry Now', queue ) ) ).click();
	await example.until( () => changes().length === 2 );
	expect( changes()[ 1 ]?.data ).toMatchObject( { action: 'retry', which: { ids: [ '4jYGXn2QwTz2' ] } } );
	close();
} );

test( 'Delete asks with the number, and only then deletes', async () => {
	const { queue, changes, close } = await openQueue();
	( await example.until( () => example.button( 'Delete', queue ) ) ).click();
	await example.until( () => queue.textContent?.includes( 'Delete 10,412 messages?' ) );
	expect( changes() ).toHaveLength( 0 );
	example.button( 'Cancel', queue )?.click();
	await example.until( () => example.button( 'Hold', queue ) );
	( await example.until( () => example.button( 'Delete', queue ) ) ).click();
	( await example.until( () => queue.querySelector< HTMLElement >( '[role="alertdialog"] .is-primary' ) ) ).click();
	await example.until( () => changes().length === 1 );
	expect( changes()[ 0 ]?.data ).toMatchObject( { action: 'delete', which: { filter: {} } } );
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
