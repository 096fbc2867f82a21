/**
 * The one text of a value, whatever order its fields have: a database that keeps JSON gives them back in its own.
 * Fields that are undefined do not count, and a date is its ISO text.
 */
export function canonical( value: unknown ): string {
	return JSON.stringify( value, ( _key, part: unknown ) =>
		part !== null && typeof part === 'object' && ! Array.isArray( part )
			? Object.fromEntries( Object.entries( part ).sort( ( [ a ], [ b ] ) => ( a < b ? -1 : 1 ) ) )
			: part
	);
}
