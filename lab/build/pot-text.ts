/** One text for translators, from one place. */
export interface Found {
	text: string;
	plural?: string;
	context?: string;
	/** What is said to translators beside it. */
	comment?: string;
}

/** Our comment for translators just before a call, with no other text to translate in between. */
export function commentBefore( source: string, at: number ): Pick< Found, 'comment' > {
	const before = source.slice( Math.max( 0, at - 400 ), at );
	const [ last ] = [ ...before.matchAll( /translators:[^*]*/gi ) ].slice( -1 );
	return last === undefined || before.slice( last.index ).includes( 'email-gateway' )
		? {}
		: { comment: last[ 0 ].replace( /\s+/g, ' ' ).trim() };
}
