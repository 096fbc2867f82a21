/** @jest-environment jsdom */
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type * as Example from './screen.example.tsx';

// Loaded once, with all of WordPress's components: several seconds on a busy machine.
let example: typeof Example;
let close = () => {};
beforeAll( async () => {
	example = await import( './screen.example.tsx' );
}, 120_000 );
afterEach( () => close() );

function open( options: Parameters< typeof Example.openScreen >[ 0 ] ) {
	const screen = example.openScreen( options );
	close = screen.close;
	return screen;
}

const job = {
	jobId: 'abc',
	serverId: 12,
	verb: 'install_gateway',
	state: 'running',
	createdAt: '2026-11-23T12:00:00Z',
	startedAt: '2026-11-23T12:00:00Z',
	finishedAt: null,
	by: 'admin',
	cancelRequested: false,
	error: null,
	result: null,
};
const event = ( seq: number, more: object ) => ( { seq, at: '2026-11-23T12:00:00Z', ...more } );

describe( 'the screen of a server', () => {
	test( 'what the provider refuses is overruled by an administrator only', async () => {
		const { button, exampleView, until } = example;
		const error = { code: 'provider_login_refused', detail: { cause: 'wrong_credentials' }, changed: 'nothing' };
		const failed = { ...job, state: 'failed', error };
		const answers = {
			'GET /servers/12': exampleView( {
				job: failed as never,
				gateway: { installed: null, included: 'absent' },
			} ),
			'GET /servers/12/jobs/abc': { job: failed, events: [ event( 1, { type: 'failed', error } ) ] },
		};
		const { gateway } = open( { answers, page: { may: [ 'run_gateway' ] } } );
		await until( () => gateway.textContent?.includes( 'wrong user or password' ) );
		expect( button( 'Install Anyway…', gateway ) ).toBeUndefined();
		close();
		const { gateway: ofAdministrator } = open( { answers } );
		await until( () => button( 'Install Anyway…', ofAdministrator ) );
	} );

	test( 'a refusal that may be overruled is overruled by its own choice only', async () => {
		const { button, exampleView, until } = example;
		const failed = {
			...job,
			state: 'failed',
			error: { code: 'foreign_postfix', detail: { found: [ 'relayhost = other' ] }, changed: 'nothing' },
		};
		const { gateway, sent } = open( {
			answers: {
				'GET /servers/12': exampleView( { job: failed as never, gateway: { installed: null } } ),
				'GET /servers/12/jobs/abc': {
					job: failed,
					events: [ event( 1, { type: 'failed', error: failed.error } ) ],
				},
				'POST /servers/12/gateway/install': { jobId: 'abc' },
			},
		} );
		( await until( () => button( 'Install Anyway…', gateway ) ) ).click();
		await until( () => gateway.textContent?.includes( 'The configuration that was found is replaced.' ) );
		expect( sent.some( ( { method } ) => method === 'POST' ) ).toBe( false );
		( await until( () => button( 'Install Anyway', gateway ) ) ).click();
		const install = await until( () => sent.find( ( { path } ) => path.endsWith( '/install' ) ) );
		expect( install.data ).toMatchObject( { consents: [ 'replace_foreign_postfix' ] } );
	} );
} );
