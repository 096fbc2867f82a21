import { describe, expect, test } from '@jest/globals';
import { rootMailOf } from './root-mail.ts';

const settings = { rootMail: null, sendingDomain: 'site.example' };

describe( 'mail for root', () => {
	test( 'goes where the form says', () => {
		expect( rootMailOf( { ...settings, rootMail: 'ops@example.com' }, 'admin@example.com' ) ).toBe(
			'ops@example.com'
		);
	} );

	test( 'else to the administrator of the site', () => {
		expect( rootMailOf( settings, 'admin@example.com' ) ).toBe( 'admin@example.com' );
	} );

	test.each( [ '', 'admin@localhost', 'a@example.com\nroot b@example.com', 'a@example.com, b@example.com' ] )(
		'never to %j, which is no single address a provider takes',
		( administrator ) => {
			expect( rootMailOf( settings, administrator ) ).toBe( 'postmaster@site.example' );
		}
	);
} );
