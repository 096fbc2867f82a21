import { expect, test } from '@jest/globals';
import { endpoints, errorsOf, type EndpointName, type ErrorCode } from './index.ts';

test.each< [ EndpointName, ErrorCode[], ErrorCode[] ] >( [
	[
		'deleteCredentials',
		[ 'server_busy', 'forbidden', 'site_moved', 'not_found', 'audit_not_written' ],
		[ 'host_key_changed' ],
	],
	[ 'installGateway', [ 'host_key_changed', 'password_required', 'signature_replayed' ], [ 'test_mails_exhausted' ] ],
	[ 'readServer', [ 'audit_not_written', 'not_found' ], [] ],
	[ 'readSite', [ 'site_moved', 'internal_error' ], [ 'not_found', 'audit_not_written' ] ],
	[ 'confirmMove', [ 'forbidden' ], [ 'site_moved' ] ],
	[ 'pairSite', [ 'pairing_code_expired', 'too_many_requests' ], [ 'forbidden', 'signature_missing', 'not_found' ] ],
] )( '%s may be refused with its own codes and those of its kind', ( name, some, none ) => {
	const codes = errorsOf( endpoints[ name ] );
	expect( codes ).toEqual( expect.arrayContaining( some ) );
	expect( codes.filter( ( code ) => none.includes( code ) ) ).toEqual( [] );
	expect( new Set( codes ).size ).toBe( codes.length );
} );
