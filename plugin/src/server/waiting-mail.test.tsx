/** @jest-environment jsdom */
import { beforeAll, expect, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';

let example: typeof Example;
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
}, 120_000 );

const job = {
	...{ jobId: 'abc', serverId: 12, verb: 'deliver_waiting_mail', state: 'succeeded', by: 'admin', error: null },
	...{ createdAt: '2026-11-23T12:00:00Z', startedAt: '2026-11-23T12:00:01Z', finishedAt: '2026-11-23T12:00:09Z' },
	cancelRequested: false,
};
const asked = { verb: 'deliver_waiting_mail', choice: 'ask', delivered: 0, stillWaiting: 12, older: 4 };

function open( waiting: number, more: object = {} ) {
	const view = example.exampleView();
	const mail = {
		...{ running: true, enabled: true, waiting, stuck: waiting, oldWaiting: 0 },
		...{ open: [], differs: [], others: [], phpAround: [], ...more },
	};
	const lastLook = { ...view.connection?.lastLook, at: new Date().toISOString(), mail };
	return example.openScreen( {
		answers: {
			'GET /servers/12': { ...view, connection: { ...view.connection, lastLook } },
			'POST /servers/12/gateway/deliver': { jobId: 'abc' },
			'GET /servers/12/jobs/abc': { job: { ...job, result: asked }, events: [] },
		},
	} );
}

test( 'waiting mail has a button; older mail is asked about by number, and the answer is sent', async () => {
	const { button, until } = example;
	const { gateway, sent, close } = open( 12 );
	( await until( () => button( 'Deliver Waiting Mail', gateway ) ) ).click();
	const newer = await until( () => button( 'Deliver Newer Only', gateway ) );
	expect( gateway.textContent ).toContain( '4 messages are older than a day, so nothing was tried yet' );
	expect( button( 'Deliver All', gateway ) ).toBeTruthy();
	newer.click();
	const posts = () => sent.filter( ( { path } ) => path.endsWith( '/gateway/deliver' ) );
	await until( () => posts().length === 2 );
	expect( posts().map( ( { data } ) => data ) ).toEqual( [ { older: 'ask' }, { older: 'hold' } ] );
	close();
}, 120_000 );

test( 'where nothing waits there is no such button', async () => {
	const { button, until } = example;
	const { gateway, close } = open( 0 );
	await until( () => button( 'Reinstall Email Gateway', gateway ) );
	expect( button( 'Deliver Waiting Mail', gateway ) ).toBeFalsy();
	close();
}, 120_000 );

test( 'the words of a provider are text, whatever is in them', async () => {
	const reply = `451 <img src=x onerror="document.title='owned'"><script>document.title='owned'</script> ${ 'x'.repeat(
		400
	) }`;
	const reason = {
		...{ cause: 'unknown', whose: null, passes: false, stands: true, reply, count: 3 },
		...{ since: 1_000_000, lastAt: 1_030_000, looks: 7 },
	};
	const { until } = example;
	const { connection, gateway, close } = open( 3, { reasons: [ reason ] } );
	const shown = await until( () =>
		[ gateway, connection ].find( ( place ) => place.textContent?.includes( 'onerror' ) )
	);
	expect( shown.textContent ).toContain( reply );
	expect( document.querySelectorAll( 'img[src="x"], script' ) ).toHaveLength( 0 );
	expect( document.title ).not.toBe( 'owned' );
	close();
}, 120_000 );
