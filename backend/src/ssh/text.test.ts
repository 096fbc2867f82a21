import { expect, test } from '@jest/globals';
import { withoutControls } from './text.ts';

test.each( [
	[ 'an escape sequence', 'a\u001b[31mb', 'a[31mb' ],
	[ 'C1', 'a\u009b31mb', 'a31mb' ],
	[ 'a bidi control', 'a\u202eb\u2066c\u061cd', 'abcd' ],
	[ 'a soft hyphen', 'pass\u00adword', 'password' ],
	[ 'tags, which nobody sees', 'a\u{e0041}\u{e0042}b', 'ab' ],
	[ 'fillers', 'a\u3164\u115f\uffa0\u180eb', 'ab' ],
	[ 'variation selectors and joiners', 'a\ufe0f\u{e0100}\u034f\u200db', 'ab' ],
	[ 'annotations', 'a\ufff9b\ufffbc', 'abc' ],
	[ 'line separators', 'a\u2028b\u2029c', 'abc' ],
] )( '%s is removed', ( _what, said, left ) => {
	expect( withoutControls( said ) ).toBe( left );
} );

test( 'what is seen stays, with tab and line feed', () => {
	const text = 'Grüße\t\u00a0日本語 עברית\n😀 naïve e\u0301';
	expect( withoutControls( text ) ).toBe( text );
} );
