import { describe, expect, jest, test } from '@jest/globals';
import apiFetch from '@wordpress/api-fetch';
import type { APIFetchOptions } from '@wordpress/api-fetch';
import { call, pathOf } from './call.ts';
import { CallFailed } from './problem.ts';

/** Plays the network: what is sent, and what comes back. */
function network( answer: ( options: APIFetchOptions ) => unknown ) {
	const handler = jest.fn( async ( options: APIFetchOptions ) => answer( options ) );
	apiFetch.setFetchHandler( handler );
	return handler;
}

describe( 'a call', () => {
	test( 'goes to the route of its name, with its ids in the path and its body as it is', async () => {
		const handler = network( () => ( { jobId: 'abc' } ) );
		const body = { from: 'a@site.example', to: 'me@example.com' };
		await expect( call( 'sendTestEmail', { serverId: 12, body } ) ).resolves.toEqual( { jobId: 'abc' } );
		expect( handler.mock.calls[ 0 ]?.[ 0 ] ).toMatchObject( {
			path: expect.stringMatching( /^\/email-gateway\/v1\/servers\/12\/gateway\/test\b/ ),
			data: body,
		} );
	} );

	test( 'a GET has a query and no body', async () => {
		const handler = network( () => ( { job: {}, events: [] } ) );
		await call( 'readJob', { serverId: 12, jobId: 'abc', query: { after: 7 } } );
		const sent = handler.mock.calls[ 0 ]?.[ 0 ] as APIFetchOptions;
		expect( sent.path ).toMatch( /^\/email-gateway\/v1\/servers\/12\/jobs\/abc\?after=7\b/ );
		expect( sent.data ).toBeUndefined();
	} );

	test( 'a refusal is thrown with its problem', async () => {
		network( () => Promise.reject( { code: 'password_required', message: '', data: { status: 422 } } ) );
		const refused = call( 'installGateway', { serverId: 12 } );
		await expect( refused ).rejects.toBeInstanceOf( CallFailed );
		await expect( refused ).rejects.toMatchObject( { problem: { code: 'password_required', status: 422 } } );
	} );

	test( 'one that was aborted throws the reason, which nobody shows', async () => {
		const stop = new AbortController();
		network(
			() =>
				new Promise( ( _resolve, reject ) =>
					stop.signal.addEventListener( 'abort', () => reject( new Error( 'cut' ) ) )
				)
		);
		const asked = call( 'readServer', { serverId: 12, signal: stop.signal } );
		stop.abort( 'the page is gone' );
		await expect( asked ).rejects.toBe( 'the page is gone' );
	} );
} );

test( 'a path without its id is a mistake of ours', () => {
	expect( () => pathOf( '/servers/:serverId', {} ) ).toThrow( 'needs serverId' );
	expect( pathOf( '/servers/:serverId/jobs/:jobId', { serverId: 3, jobId: 'a/b' } ) ).toBe( '/servers/3/jobs/a%2Fb' );
} );
