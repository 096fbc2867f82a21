import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { takeDown } from '../down.ts';
import { startMachines } from '../machines.ts';
import { UsageError } from '../options.ts';
import { isServerKind } from '../servers/kinds.ts';
import type { Server } from '../servers/server.ts';
import type { LabProvider } from '../state.ts';
import { labStatus } from '../status.ts';
import { checkoutPath } from '../system/paths.ts';
import type { Log } from '../system/run.ts';
import { setUpBench } from './bench.ts';
import { catalogue } from './catalogue.ts';
import type { Fault } from './fault.ts';
import { isAsExpected, renderPage, renderTable, type Played } from './table.ts';

const page = join( checkoutPath, 'docs/diagnoses.md' );

/**
 * Plays faults on a real server and prints what the product says of each.
 *
 * @param argv `--server KIND`, `--only NAME,NAME`, `--write` for docs/diagnoses.md
 * @return the exit code: 0 when everything was as expected
 */
export async function playFaults(
	argv: string[],
	{ log, signal }: { log: Log; signal: AbortSignal }
): Promise< number > {
	const { faults, kind, write } = parseFaultOptions( argv );
	if ( ( await labStatus() ) !== undefined ) {
		throw new Error( 'The lab is up, and its provider is in use. First: npm run lab -- down' );
	}
	try {
		const { provider, servers, withoutServers } = await startMachines( [ kind ], { log, signal } );
		const [ server ] = servers;
		if ( server === undefined ) {
			throw new Error( `There is no real server: ${ withoutServers }` );
		}
		const played = await playAll( faults, { server, provider, log, signal } );
		console.log( renderTable( played ) );
		const wrong = played.filter( ( one ) => ! isAsExpected( one ) );
		console.log( `\n${ played.length - wrong.length } as expected, ${ wrong.length } not` );
		if ( write ) {
			writeFileSync( page, renderPage( played ) );
		}
		return wrong.length === 0 ? 0 : 1;
	} finally {
		await takeDown( { log } );
	}
}

async function playAll(
	faults: readonly Fault[],
	{ server, provider, log, signal }: { server: Server; provider: LabProvider; log: Log; signal: AbortSignal }
): Promise< Played[] > {
	const played: Played[] = [];
	const bench = await setUpBench( server, { provider, signal } );
	try {
		for ( const fault of faults ) {
			signal.throwIfAborted();
			log( `${ fault.what } …` );
			const said = await bench.play( fault ).catch( ( error: unknown ) => error as Error );
			played.push( { fault, said } );
		}
		return played;
	} finally {
		await bench.close();
	}
}

function parseFaultOptions( argv: string[] ) {
	const string = { type: 'string' } as const;
	const { values } = parse( () =>
		parseArgs( { args: argv, options: { server: string, only: string, write: { type: 'boolean' } } } )
	);
	const { server: kind = 'debian12', only, write = false } = values;
	if ( ! isServerKind( kind ) ) {
		throw new UsageError( `--server ${ kind }: debian12 or debian13.` );
	}
	const names = only?.split( ',' );
	const faults = catalogue.filter( ( { name } ) => names === undefined || names.includes( name ) );
	const unknown = names?.filter( ( name ) => ! catalogue.some( ( fault ) => fault.name === name ) ) ?? [];
	if ( unknown.length > 0 || ( write && names !== undefined ) ) {
		throw new UsageError(
			write
				? '--write wants all faults.'
				: `There is no fault ${ unknown.join( ', ' ) }: ${ catalogue
						.map( ( { name } ) => name )
						.join( ', ' ) }.`
		);
	}
	return { faults, kind, write };
}

function parse< T >( read: () => T ): T {
	try {
		return read();
	} catch ( error ) {
		throw new UsageError( ( error as Error ).message );
	}
}
