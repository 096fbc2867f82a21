/** What one runner found. A runner that could not run has one failure: the reason. */
export interface RunnerResult {
	passed: number;
	failures: Failure[];
	/** Said in the summary beside the counts, such as what was left out. */
	note?: string;
}

export interface Failure {
	name: string;
	details: string;
}

export interface NamedResult extends RunnerResult {
	runner: string;
	/** How long it took. */
	durationMs: number;
}

/** A runner with a single check: passed when the problem is undefined. */
export function oneCheck( name: string, problem: string | undefined ): RunnerResult {
	return problem === undefined
		? { passed: 1, failures: [] }
		: { passed: 0, failures: [ { name, details: problem } ] };
}

/** What several parts of one runner found. */
export function merge( results: RunnerResult[] ): RunnerResult {
	return {
		passed: results.reduce( ( sum, { passed } ) => sum + passed, 0 ),
		failures: results.flatMap( ( { failures } ) => failures ),
	};
}

/** The whole report; its last line is the plain count over all runners. */
export function renderReport( results: NamedResult[] ): string {
	const failures = results.flatMap( ( { runner, failures: own } ) =>
		own.map( ( failure ) => ( { runner, ...failure } ) )
	);
	const lines = failures.flatMap( ( { runner, name, details } ) => [
		`FAILED ${ runner }: ${ name }`,
		indent( details ),
		'',
	] );
	// once more without their details, which may be long: whoever reads only the end misses none
	if ( failures.length > 1 ) {
		lines.push( ...failures.map( ( { runner, name } ) => `FAILED ${ runner }: ${ name }` ), '' );
	}
	for ( const { runner, passed, failures: own, durationMs, note } of results ) {
		const counts = `${ String( passed ).padStart( 5 ) } passed ${ String( own.length ).padStart( 4 ) } failed`;
		const seconds = `${ ( durationMs / 1_000 ).toFixed( 1 ) } s`.padStart( 9 );
		lines.push( `${ runner.padEnd( 12 ) } ${ counts } ${ seconds }${ note === undefined ? '' : `   ${ note }` }` );
	}
	const passed = results.reduce( ( sum, result ) => sum + result.passed, 0 );
	return [ ...lines, '', `${ passed } passed, ${ failures.length } failed` ].join( '\n' );
}

function indent( text: string ): string {
	return text
		.trim()
		.split( '\n' )
		.map( ( line ) => `    ${ line }` )
		.join( '\n' );
}
