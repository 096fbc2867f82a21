import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutPath } from '../system/paths.ts';
import { tryRun, type Log } from '../system/run.ts';
import { jestCommand } from './jest-command.ts';
import type { Failure, RunnerResult } from './report.ts';

/** The part of jest's `--json` that we read. */
interface JestReport {
	numPassedTests: number;
	testResults: {
		name: string;
		message: string;
		assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
	}[];
}

/** Runs jest with further arguments; env is added to ours. */
export async function jest(
	args: string[],
	options: { env?: Record< string, string >; onLine?: Log; signal: AbortSignal }
): Promise< RunnerResult > {
	const folder = await mkdtemp( join( tmpdir(), 'email-gateway-jest-' ) );
	const reportFile = join( folder, 'report.json' );
	try {
		const { argv, env } = jestCommand( [ '--json', `--outputFile=${ reportFile }`, ...args ], options.env );
		const finished = await tryRun( argv, {
			cwd: checkoutPath,
			env,
			signal: options.signal,
			...( options.onLine === undefined ? {} : { onLine: options.onLine } ),
		} );
		const text = await readFile( reportFile, 'utf8' ).catch( () => undefined );
		if ( text === undefined ) {
			return cannotRun( `jest ended with ${ finished.code }:\n${ finished.stderr.slice( -4_000 ) }` );
		}
		return readJestReport( JSON.parse( text ) as JestReport, finished );
	} finally {
		await rm( folder, { recursive: true, force: true } );
	}
}

/** Counts and failures out of jest's own report. A green report of a jest that ended otherwise is not believed. */
export function readJestReport( report: JestReport, finished: { code: number; stderr: string } ): RunnerResult {
	const failures = report.testResults.flatMap( failuresOf );
	if ( report.numPassedTests === 0 && failures.length === 0 ) {
		return cannotRun( 'jest ran no test.' );
	}
	if ( finished.code !== 0 && failures.length === 0 ) {
		failures.push( {
			name: 'jest',
			details: `ended with ${ finished.code }:\n${ finished.stderr.slice( -4_000 ) }`,
		} );
	}
	return { passed: report.numPassedTests, failures };
}

function failuresOf( suite: JestReport[ 'testResults' ][ number ] ): Failure[] {
	const file = suite.name.replace( `${ checkoutPath }/`, '' );
	// A skipped test has shown nothing: it counts as failed.
	const failed = suite.assertionResults.filter( ( { status } ) => status !== 'passed' );
	if ( failed.length === 0 && suite.assertionResults.length === 0 && suite.message !== '' ) {
		return [ { name: file, details: suite.message } ];
	}
	return failed.map( ( { fullName, status, failureMessages } ) => ( {
		name: `${ file }: ${ fullName }`,
		details: failureMessages.join( '\n' ) || `It was ${ status }.`,
	} ) );
}

function cannotRun( details: string ): RunnerResult {
	return { passed: 0, failures: [ { name: 'jest', details } ] };
}
