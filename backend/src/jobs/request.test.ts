import { expect, test } from '@jest/globals';
import { siteAdminMailOf } from './request.ts';

const asked = { login: 'eve', administrator: false };

test.each( [
	[ 'a job of now', { ...asked, siteAdminMail: 'admin@example.com' }, 'admin@example.com' ],
	[
		'a job of before 0.2.0, which is proved under the former name',
		{ ...asked, mail: 'old@example.com' },
		'old@example.com',
	],
	[ 'a site without an address', { ...asked, siteAdminMail: '' }, '' ],
] )( 'the address for mail to root: %s', ( _name, by, address ) => {
	expect( siteAdminMailOf( by ) ).toBe( address );
} );
