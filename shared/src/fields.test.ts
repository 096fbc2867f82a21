import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { domainName, hostName, mailAddress, smtpPassword, smtpUserName } from './fields.ts';

const problemsOf = ( schema: z.ZodType, value: unknown ) =>
	schema.safeParse( value ).error?.issues.map( ( issue ) => issue.message ) ?? [];

describe( 'a password', () => {
	test.each( [ 'p#$a:s "s\'`ü😀 <%41>', ' leading', '\\', '$(reboot)', '#', ':' ] )(
		'%j is taken byte for byte',
		( value ) => {
			expect( smtpPassword.parse( value ) ).toBe( value );
		}
	);

	test.each( [
		[ 'ends ', 'trailing_blank' ],
		[ 'two\nlines', 'control_characters' ],
		[ 'nul\0', 'control_characters' ],
		[ 'c1\u0085', 'control_characters' ],
		[ 'lone \ud800', 'control_characters' ],
		[ '', 'required' ],
		[ 'x'.repeat( 256 ), 'too_long' ],
	] )( '%j is refused: %s', ( value, problem ) => {
		expect( problemsOf( smtpPassword, value ) ).toContain( problem );
	} );
} );

describe( 'a user name', () => {
	test.each( [ 'apikey', 'org/server', 'me@example.com', 'ü 😀' ] )( '%j is taken', ( value ) => {
		expect( smtpUserName.parse( value ) ).toBe( value );
	} );

	test.each( [
		[ 'a:b', 'colon_in_user_name' ],
		[ ' a', 'leading_blank' ],
		[ 'a ', 'trailing_blank' ],
		[ 'a\r\nb', 'control_characters' ],
	] )( '%j is refused: %s', ( value, problem ) => {
		expect( problemsOf( smtpUserName, value ) ).toContain( problem );
	} );
} );

describe( 'names', () => {
	test.each( [ 'smtp.example.com', '203.0.113.7', 'localhost', 'SMTP.Example.COM ' ] )(
		'host %j is taken',
		( value ) => {
			expect( hostName.parse( value ) ).toBe( value.trim().toLowerCase() );
		}
	);

	test.each( [ 'a,b', 'a b', 'a$b', '[::1]', 'a\nb', '-a', 'a..b', 'x'.repeat( 64 ), 'smtps://x' ] )(
		'host %j is refused',
		( value ) => {
			expect( problemsOf( hostName, value ) ).toContain( 'not_a_host_name' );
		}
	);

	test.each( [ 'example', 'exa_mple.com', '203.0.113.7', 'a b.com' ] )( 'domain %j is refused', ( value ) => {
		expect( problemsOf( domainName, value ) ).toContain( 'not_a_domain' );
	} );

	test.each( [ 'a b@example.com', '"a"@example.com', '<a@example.com>', 'a@example.com,b@example.com', 'a@b', 'a' ] )(
		'address %j is refused',
		( value ) => {
			expect( problemsOf( mailAddress, value ) ).toContain( 'not_an_address' );
		}
	);
} );
