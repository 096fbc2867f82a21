import { expect, test } from '@jest/globals';
import { mayAllow } from './may-allow.ts';

const others = [
	{ route: null },
	{
		route: {
			account: null,
			senders: [ 'shop.example', 'one@blog.example' ],
			sendAs: null,
			at: '',
			by: '',
			backup: null,
		},
	},
];

test.each( [
	[ 'orders@own.example', 'yes' ],
	[ '@own.example', 'yes' ],
	[ 'orders@shop.example', 'taken' ],
	[ '@shop.example', 'taken' ],
	[ 'one@blog.example', 'taken' ],
	[ '@blog.example', 'taken' ],
	[ 'two@blog.example', 'yes' ],
	[ 'root@localhost', 'local' ],
] )( 'whether %s can be allowed: %s', ( sender, expected ) => {
	expect( mayAllow( sender, others ) ).toBe( expected );
} );
