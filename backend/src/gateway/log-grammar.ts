// long queue ids have no vowels, short ones are hexadecimal: neither `warning` nor `statistics` is one
const sixOrMore = ( characters: string ) => `${ characters.repeat( 5 ) }${ characters }+`;

/**
 * How the lines of Postfix's log are told apart. Read here and, on servers, by awk (programs/lib/log-grammar.sh): these mean
 * the same to JavaScript and to POSIX, so they have no backslash, and no braces, which mawk does not know.
 */
export const logGrammar = {
	/** What stands before the text; the group is the daemon's name. */
	head: '^[^[]* postfix[^ []*/([a-z]+)[[][0-9]+]: ',
	queueId: `(${ sixOrMore( '[0-9A-F]' ) }|${ sixOrMore( '[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]' ) })`,
	/** Before a reason, where Postfix has put a message off because of an earlier one, and asked nobody. */
	putOff: 'delivery temporarily suspended: ',
} as const;
