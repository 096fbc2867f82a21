import { describe, expect, test } from '@jest/globals';
import { CallFailed, problemFrom } from './problem.ts';

describe( 'what api-fetch rejects with', () => {
	test( 'a refusal of the backend keeps its code, its fields and its detail', () => {
		const refusal = {
			code: 'invalid_request',
			message: 'Some fields need another value',
			data: { status: 422, fields: [ { path: 'settings.userName', problem: 'colon_in_user_name' } ] },
		};
		expect( problemFrom( refusal ) ).toEqual( {
			code: 'invalid_request',
			message: 'Some fields need another value',
			detail: {},
			fields: [ { path: 'settings.userName', problem: 'colon_in_user_name' } ],
			status: 422,
		} );
	} );

	test( 'what WordPress refuses by itself names its fields, too', () => {
		const data = { status: 400, params: { to: 'to is not of type string.' } };
		expect( problemFrom( { code: 'rest_invalid_param', message: '', data } ) ).toMatchObject( {
			code: 'invalid_request',
			fields: [ { path: 'to', problem: 'invalid' } ],
		} );
		const missing = { code: 'rest_missing_callback_param', data: { params: [ 'to' ] } };
		expect( problemFrom( missing ).fields ).toEqual( [ { path: 'to', problem: 'required' } ] );
	} );

	test.each( [
		[ { code: 'fetch_error', message: 'Could not get a valid response' }, 'offline' ],
		[ { code: 'offline_error', message: 'You are offline' }, 'offline' ],
		[ { code: 'invalid_json', message: 'The response is not a valid JSON response.' }, 'not_understood' ],
		[ { code: 'rest_cookie_invalid_nonce', message: '', data: { status: 403 } }, 'signed_out' ],
		[ { code: 'rest_forbidden', message: '', data: { status: 403 } }, 'not_allowed' ],
		[ { code: 'backend_unreachable', message: '', data: { status: 503 } }, 'backend_unreachable' ],
		[ { code: 'a_plugin_of_somebody', message: '' }, 'unknown_failure' ],
		[ { name: 'TimeoutError' }, 'timed_out' ],
		[ new TypeError( 'x is not a function' ), 'unknown_failure' ],
		[ 'a text', 'unknown_failure' ],
		[ undefined, 'unknown_failure' ],
	] )( '%j is %s', ( thrown, code ) => {
		expect( problemFrom( thrown ).code ).toBe( code );
	} );

	test( 'why PHP does not pass a refusal on is part of the detail', () => {
		const thrown = { code: 'backend_refused', message: '', data: { status: 502, reason: 'site_unknown' } };
		expect( problemFrom( thrown ) ).toMatchObject( {
			code: 'backend_refused',
			detail: { reason: 'site_unknown' },
		} );
	} );

	test( 'a problem already told stays the same', () => {
		const problem = problemFrom( { code: 'server_busy', message: '', data: { status: 409 } } );
		expect( problemFrom( new CallFailed( problem ) ) ).toBe( problem );
	} );
} );
