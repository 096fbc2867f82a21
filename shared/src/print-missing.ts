import { endpoints } from './endpoints.ts';

/**
 * plugin/tests/may-be-missing.json: of each call that a browser may reach, the arguments that may be null or left out, as
 * the schemas themselves judge them. For a test of the plugin: to WordPress an argument that is null is missing.
 */
export function printMissing(): string {
	const rows = Object.entries( endpoints )
		.filter( ( [ , endpoint ] ) => ! ( 'notForBrowsers' in endpoint ) )
		.map( ( [ name, { method, request } ] ) => {
			const takes = ( value: null | undefined ) =>
				Object.entries( request.shape )
					.filter( ( [ , argument ] ) => argument.safeParse( value ).success )
					.map( ( [ argument ] ) => argument );
			// a query string holds no null
			const nulls = method === 'GET' ? [] : takes( null );
			return [ name, { null: nulls, leftOut: takes( undefined ) } ] as const;
		} )
		.filter( ( [ , missing ] ) => missing.null.length + missing.leftOut.length > 0 );
	return JSON.stringify( Object.fromEntries( rows ), null, '\t' ) + '\n';
}
