import type { Failure, RunnerResult } from './report.ts';

/**
 * Counts and failures out of the JUnit file that PHPUnit writes. Skipped and incomplete tests count as failed:
 * a test that did not run has shown nothing.
 */
export function readJunit( xml: string ): RunnerResult {
	const failures: Failure[] = [];
	let passed = 0;
	for ( const [ , attributes = '', body = '' ] of xml.matchAll(
		/<testcase\b((?:"[^"]*"|[^">])*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g
	) ) {
		const problem = /<(error|failure|warning|skipped|risky)\b(?:[^>]*\/>|[^>]*>([\s\S]*?)<\/\1>)/.exec( body );
		if ( problem === null ) {
			passed += 1;
			continue;
		}
		const name = `${ attribute( attributes, 'class' ) }: ${ attribute( attributes, 'name' ) }`;
		failures.push( { name, details: `${ problem[ 1 ] }: ${ decode( problem[ 2 ] ?? 'without a word' ) }` } );
	}
	if ( passed === 0 && failures.length === 0 ) {
		failures.push( { name: 'phpunit', details: 'PHPUnit ran no test.' } );
	}
	return { passed, failures };
}

function attribute( attributes: string, name: string ): string {
	return decode( new RegExp( `\\b${ name }="([^"]*)"` ).exec( attributes )?.[ 1 ] ?? '' );
}

function decode( text: string ): string {
	return text
		.replaceAll( '&lt;', '<' )
		.replaceAll( '&gt;', '>' )
		.replaceAll( '&quot;', '"' )
		.replaceAll( '&#13;', '' )
		.replaceAll( '&#10;', '\n' )
		.replaceAll( '&amp;', '&' );
}
