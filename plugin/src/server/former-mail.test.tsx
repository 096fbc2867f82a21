/** @jest-environment jsdom */
import { beforeAll, expect, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';

let example: typeof Example;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
}, 120_000 );

const job = {
	...{ jobId: 'abc', serverId: 12, verb: 'deliver_former_mail', state: 'succeeded', by: 'admin', error: null },
	...{ createdAt: '2026-11-23T12:00:00Z', startedAt: '2026-11-23T12:00:01Z', finishedAt: '2026-11-23T12:00:09Z' },
	cancelRequested: false,
};
const told = { verb: 'deliver_former_mail', handed: 2, notices: 1, refused: 0, said: '', left: 1 };

function open( oldWaiting: number ) {
	const view = example.exampleView();
	const mail = {
		...{ running: true, enabled: true, waiting: 0, stuck: 0, oldWaiting },
		...{ open: [], differs: [], others: [], phpAround: [] },
	};
	const lastLook = { ...view.connection?.lastLook, at: new Date().toISOString(), mail };
	return example.openScreen( {
		answers: {
			'GET /servers/12': { ...view, connection: { ...view.connection, lastLook } },
			'POST /servers/12/gateway/deliver-former': { jobId: 'abc' },
			'GET /servers/12/jobs/abc': { job: { ...job, result: told }, events: [] },
		},
	} );
}

test( 'former mail has a button that asks first, and tells what left and what stays', async () => {
	const { button, until } = example;
	const { gateway, sent, close } = open( 3 );
	( await until( () => button( 'Deliver Former Mail', gateway ) ) ).click();
	const yes = await until( () => button( 'Deliver', gateway ) );
	expect( gateway.textContent ).toContain( 'Deliver 3 messages of the former mail system?' );
	expect( sent.filter( ( { path } ) => path.endsWith( '/deliver-former' ) ) ).toEqual( [] );
	yes.click();
	await until( () => gateway.textContent.includes( '2 messages were handed to the gateway' ) );
	expect( gateway.textContent ).toContain( '1 message stays in the queue of the former mail system.' );
	expect( sent.filter( ( { path } ) => path.endsWith( '/deliver-former' ) ) ).toHaveLength( 1 );
	close();
}, 120_000 );

test( 'where nothing is kept there is no such button', async () => {
	const { button, until } = example;
	const { gateway, close } = open( 0 );
	await until( () => button( 'Reinstall Email Gateway', gateway ) );
	expect( button( 'Deliver Former Mail', gateway ) ).toBeFalsy();
	close();
}, 120_000 );
