/**
 * Keeps what a server told under a name, in order. In place: copying the list at each line would cost the square of
 * their number, and a hostile server tells a great many short ones.
 */
export function append( told: Map< string, string[] >, name: string, value: string ): void {
	const values = told.get( name );
	if ( values ) {
		values.push( value );
	} else {
		told.set( name, [ value ] );
	}
}
