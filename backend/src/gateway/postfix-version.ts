/** A Postfix version as `[ major, minor ]`; `3.7.11-0+deb12u1` and `3.10.13` both do. Null where it is none. */
export function parsePostfixVersion( text: string | null ): readonly [ number, number ] | null {
	const match = /^(?:\d+:)?(\d+)\.(\d+)/.exec( text ?? '' );
	return match ? [ Number( match[ 1 ] ), Number( match[ 2 ] ) ] : null;
}

export type PostfixVersion = readonly [ number, number ];

/** Whether `version` is at least `major.minor`. */
export function isAtLeast( version: PostfixVersion, [ major, minor ]: PostfixVersion ): boolean {
	return version[ 0 ] > major || ( version[ 0 ] === major && version[ 1 ] >= minor );
}
