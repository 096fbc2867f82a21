import { text } from 'node:stream/consumers';
import { ensurePluginAssets } from './build/plugin-assets.ts';
import { takeDown } from './down.ts';
import { playFaults } from './faults/main.ts';
import { parseLabOptions, usage, UsageError } from './options.ts';
import { playRefusals } from './refusals/main.ts';
import { smokeTests, whereItRan } from './smoke/smoke.ts';
import { readState } from './state.ts';
import { describeStatus, labStatus } from './status.ts';
import { addSite } from './sites/main.ts';
import { whileNotInterrupted } from './system/while-not-interrupted.ts';
import { bringUp } from './up.ts';

const log = ( line: string ) => console.error( line );

async function main( [ verb, ...rest ]: string[] ): Promise< number > {
	switch ( verb ) {
		case 'up':
			return up( rest );
		case 'down':
			await takeDown( { log } );
			return 0;
		case 'status':
			return status( { json: rest.includes( '--json' ) } );
		case 'site':
			return addSite( rest, { log, signal: whileNotInterrupted() } );
		case 'day':
			return ( await import( './day/main.ts' ) ).playWholeDay( rest, { log, signal: whileNotInterrupted() } );
		case 'incidents':
			return ( await import( './incidents/main.ts' ) ).playIncidents( rest, {
				log,
				signal: whileNotInterrupted(),
			} );
		case 'smoke':
			return smoke();
		case 'torture':
			return ( await import( './torture/torture.ts' ) ).torture( rest, { log } );
		case 'real':
			return ( await import( './real/real.ts' ) ).real( rest, { log, signal: whileNotInterrupted() } );
		case 'diagnose':
			return diagnose( rest );
		case 'refusals':
			return playRefusals( rest, { log, signal: whileNotInterrupted() } );
		case 'faults':
			return playFaults( rest, { log, signal: whileNotInterrupted() } );
		default:
			throw new UsageError(
				verb === undefined ? 'What shall the lab do?' : `The lab does not know "${ verb }".`
			);
	}
}

async function up( argv: string[] ): Promise< number > {
	const state = await bringUp( parseLabOptions( argv ), { log, signal: whileNotInterrupted() } );
	if ( state.status !== undefined ) {
		console.log( describeStatus( state.status, state ) );
	}
	return 0;
}

/**
 * Standard input is a JSON array of replies or log lines; printed is what the product says of each. With `--write` the
 * section of docs/diagnoses.md about replies is written instead.
 */
async function diagnose( [ option, ...more ]: string[] ): Promise< number > {
	if ( option === '--write' && more.length === 0 ) {
		( await import( './diagnose/write.ts' ) ).writeSection();
		return 0;
	}
	if ( option !== undefined ) {
		throw new UsageError( `diagnose does not know "${ [ option, ...more ].join( ' ' ) }".` );
	}
	const { answers } = await import( './diagnose/diagnose.ts' );
	console.log( JSON.stringify( answers( await text( process.stdin ) ), null, '\t' ) );
	return 0;
}

/** The plugin where the other tests do not run; exit code 1 where something is wrong. */
async function smoke(): Promise< number > {
	const signal = AbortSignal.timeout( 1_800_000 );
	await ensurePluginAssets( { log, signal } );
	let failed = 0;
	for ( const [ name, test ] of Object.entries( smokeTests ) ) {
		const result = await test( { log, signal } );
		console.log( `${ name }: ${ whereItRan( result ) }` );
		for ( const { name: check, problem } of result.checks ) {
			console.log(
				`  ${ problem === null ? '✓' : '✗' } ${ check }${ problem === null ? '' : `: ${ problem }` }`
			);
			failed += problem === null ? 0 : 1;
		}
	}
	return failed === 0 ? 0 : 1;
}

async function status( { json }: { json: boolean } ): Promise< number > {
	const [ state, running ] = [ readState(), await labStatus() ];
	if ( state === undefined || running === undefined ) {
		console.error( 'The lab is down.' );
		return 1;
	}
	console.log( json ? JSON.stringify( running, null, '\t' ) : describeStatus( running, state ) );
	return 0;
}

try {
	process.exitCode = await main( process.argv.slice( 2 ) );
} catch ( error ) {
	console.error( error instanceof UsageError ? `${ error.message }\n${ usage }` : ( error as Error ).message );
	process.exitCode = 1;
}
