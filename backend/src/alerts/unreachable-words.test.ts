import { expect, test } from '@jest/globals';
import { unreachableText } from './unreachable-words.ts';

test.each( [
	[ 'sign_in_refused', 'web1 refuses the sign-in' ],
	[ 'host_key_changed', 'web1 shows another host key' ],
	[ 'server_answer_not_understood', 'web1 sends unexpected answers' ],
	[ 'server_timed_out', 'web1 cannot be reached' ],
	[ 'constructor', 'web1 cannot be reached' ],
	[ undefined, 'web1 cannot be reached' ],
] )( 'a server at which nobody can look for %s', ( reason, begin ) => {
	const text = unreachableText( 'web1', reason );
	expect( text.startsWith( begin ) ).toBe( true );
	expect( text ).toContain( 'Check Connection' );
} );
