import { parseArgs } from 'node:util';
import { UsageError } from '../options.ts';

export interface BenchOptions {
	/** Which ones, in the order of the list; all where none was named. */
	names: string[];
	/** Where the JSON goes. */
	json?: string;
	/** A tenth of everything: to see that it runs, not for figures. */
	quick: boolean;
	/** How much of everything, above 0 and below 1: where there is no time for a whole run. */
	share?: number;
}

/** What was asked for after `npm run bench --`. Throws UsageError. */
export function parseBenchOptions( argv: string[], known: readonly string[] ): BenchOptions {
	const { values, positionals } = parse( argv );
	const unknown = positionals.filter( ( name ) => ! known.includes( name ) );
	if ( unknown.length > 0 ) {
		throw new UsageError( `There is no benchmark ${ unknown.join( ', ' ) }: choose from ${ known.join( ', ' ) }.` );
	}
	const share = values.share === undefined ? undefined : Number( values.share );
	if ( share !== undefined && ! ( share > 0 && share < 1 ) ) {
		throw new UsageError( `--share is above 0 and below 1, not ${ values.share }.` );
	}
	return {
		names: positionals.length > 0 ? known.filter( ( name ) => positionals.includes( name ) ) : [ ...known ],
		...( values.json === undefined ? {} : { json: values.json } ),
		quick: values.quick ?? false,
		...( share === undefined ? {} : { share } ),
	};
}

function parse( args: string[] ) {
	try {
		const options = { json: { type: 'string' }, quick: { type: 'boolean' }, share: { type: 'string' } } as const;
		return parseArgs( { args, allowPositionals: true, options } );
	} catch ( error ) {
		throw new UsageError( ( error as Error ).message );
	}
}
