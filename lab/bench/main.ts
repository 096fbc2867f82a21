import { writeFile } from 'node:fs/promises';
import { takeDown } from '../down.ts';
import { UsageError } from '../options.ts';
import { whileNotInterrupted } from '../system/while-not-interrupted.ts';
import { emptyLab } from '../test/fresh-lab.ts';
import { api } from './api.ts';
import { fleet } from './fleet.ts';
import { handover } from './handover.ts';
import { healing } from './healing.ts';
import { list } from './list.ts';
import { log as mailLog } from './log.ts';
import { outage } from './outage.ts';
import { provisioning } from './provisioning.ts';
import { pulse } from './pulse.ts';
import { realFleet } from './real-fleet.ts';
import { refusals } from './refusals.ts';
import { routes } from './routes.ts';
import { scale } from './scale.ts';
import { screen } from './screen.ts';
import { signatures } from './signatures.ts';
import { siteFlood } from './site-flood.ts';
import { sites } from './sites.ts';
import { storm } from './storm.ts';
import { table } from './table.ts';
import { waiting } from './waiting.ts';
import type { BenchContext, Benchmark, Measured } from './figures.ts';
import { parseBenchOptions, type BenchOptions } from './options.ts';
import { machine, renderMeasured } from './report.ts';

/** In the order in which they run. */
const benchmarks: Record< string, Benchmark > = {
	screen,
	list,
	api,
	signatures,
	handover,
	provisioning,
	fleet,
	outage,
	refusals,
	storm,
	waiting,
	table,
	healing,
	scale,
	log: mailLog,
	pulse,
	'real-fleet': realFleet,
	'site-flood': siteFlood,
	sites,
	routes,
};

const signal = whileNotInterrupted();
const log = ( line: string ) => console.error( `   ${ line }` );

async function main( { names, json, quick, share = quick ? 0.1 : 1 }: BenchOptions ): Promise< number > {
	const context: BenchContext = {
		log,
		signal,
		count: ( full ) => Math.max( 1, Math.round( full * share ) ),
	};
	const found: Record< string, object > = {};
	let broken = 0;
	for ( const name of names ) {
		const startedAt = Date.now();
		const on = machine();
		const result = await measure( name, context );
		const seconds = Math.round( ( Date.now() - startedAt ) / 1000 );
		if ( result instanceof Error ) {
			broken++;
			found[ name ] = { failed: result.message, machine: on, seconds };
			console.log( `── ${ name }\nFAILED: ${ result.message }` );
		} else {
			const errors = Object.values( result.sides ).reduce( ( sum, side ) => sum + side.errors, 0 );
			found[ name ] = { ...result, errors, share, machine: on, seconds };
			console.log( renderMeasured( name, result ) );
			console.log( `   ${ errors } errors, ${ seconds } s on ${ Object.values( on ).join( ' · ' ) }` );
		}
		if ( json !== undefined ) {
			// after each one, so that an interrupted run has told what it found
			await writeFile( json, `${ JSON.stringify( found, null, '\t' ) }\n` );
		}
	}
	return broken === 0 ? 0 : 1;
}

/** Each on an empty lab: what one leaves behind is no part of the next. */
async function measure( name: string, context: BenchContext ): Promise< Measured | Error > {
	try {
		context.signal.throwIfAborted();
		await emptyLab( { log } );
		return await ( benchmarks[ name ] as Benchmark )( context );
	} catch ( error ) {
		return error as Error;
	} finally {
		await takeDown( { log } );
	}
}

try {
	process.exitCode = await main( parseBenchOptions( process.argv.slice( 2 ), Object.keys( benchmarks ) ) );
} catch ( error ) {
	if ( ! ( error instanceof UsageError ) ) {
		throw error;
	}
	console.error( `${ error.message }\nUsage: npm run bench -- [NAME…] [--json FILE] [--quick | --share 0.5]` );
	process.exitCode = 2;
}
