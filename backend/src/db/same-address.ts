/** Whether two addresses, of sites or backends, are one: in whatever letters, with or without the usual port or a slash at the end. */
export function isSameAddress( one: string, other: string ): boolean {
	return spelledOut( one ) === spelledOut( other );
}

const spelledOut = ( address: string ) => new URL( address ).href.replace( /\/+$/, '' );
