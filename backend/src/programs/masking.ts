/**
 * A log line as it may be shown: addresses of other people keep their first letter and their domain.
 * `known` are the addresses the reader typed.
 */
export function maskAddresses( line: string, known: readonly string[] ): string {
	return line.replace( /[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+/g, ( found ) => {
		// `to=<` and `from=<` keep the brackets apart, but `uid=33` and the like may stick to what follows
		const isKnown = known.some( ( address ) => address.toLowerCase() === found.toLowerCase() );
		return isKnown ? found : `${ found[ 0 ] }***${ found.slice( found.lastIndexOf( '@' ) ) }`;
	} );
}
