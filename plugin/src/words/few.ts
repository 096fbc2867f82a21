/** The first six of a list that may be endless. */
export const few = ( names: readonly string[] ): string =>
	names.slice( 0, 6 ).join( ', ' ) + ( names.length > 6 ? ', …' : '' );
