// Only for tests: texts that somebody who means harm would type, and arbitrary ones beside them.
import fc from 'fast-check';

/** What splits a line, ends a quotation, expands, comments out, climbs out of a folder, or draws on a screen. */
export const nastyTexts: readonly string[] = [
	...[
		'\n',
		'\r',
		'\r\n',
		'\0',
		'\t',
		'\u000b',
		'\u001b[2J',
		'\u0085',
		'\u2028',
		'\u202e',
		'\u200b',
		'\ufeff',
		'\ud800',
	],
	...[
		'"',
		"'",
		'`',
		'\\',
		'$',
		'${mydomain}',
		'$(id)',
		'`id`',
		'#',
		';',
		'|',
		'&',
		'<',
		'>',
		',',
		' ',
		'  ',
		':',
		'=',
	],
	...[
		'../../etc/passwd',
		'%2e%2e%2f',
		'%0d%0aX-Injected: 1',
		'{{7*7}}',
		'%s%n',
		'--',
		'-oQ/tmp',
		'*',
		'~',
		'!',
		'@',
		'[',
	],
	...[
		'</script><script>alert(1)</script>',
		'<img src=x onerror=alert(1)>',
		"' or 1=1 --",
		'=cmd|calc',
		'inline:{x=y}',
	],
	...[ 'localhost', '127.0.0.1', '169.254.169.254', '[::1]', '0x7f000001', '2130706433', 'texthash:/etc/shadow' ],
	...[ '__proto__', 'constructor', 'toString', 'ü', '😀', 'a\u0301', '', 'x'.repeat( 70_000 ) ],
];

/** Any text, often with something nasty in front, behind or in the middle of something ordinary. */
export const hostileText = ( ordinary = 'smtp.example.com' ): fc.Arbitrary< string > =>
	fc.oneof(
		fc.constantFrom( ...nastyTexts ),
		fc.string( { unit: 'binary', maxLength: 300 } ),
		fc.string( { unit: 'grapheme', maxLength: 40 } ),
		fc
			.tuple( fc.nat( { max: ordinary.length } ), fc.constantFrom( ...nastyTexts ) )
			.map( ( [ at, nasty ] ) => ordinary.slice( 0, at ) + nasty + ordinary.slice( at ) )
	);

/** Anything that JSON can hold where a text was expected. */
export const hostileValue = ( ordinary?: string ): fc.Arbitrary< unknown > =>
	fc.oneof(
		{ weight: 6, arbitrary: hostileText( ordinary ) },
		fc.jsonValue( { maxDepth: 2 } ),
		fc.constantFrom( 0, -1, 1e308, 2 ** 31, 2 ** 53, 0.5, null, true, [], {}, [ [ [] ] ] )
	);
