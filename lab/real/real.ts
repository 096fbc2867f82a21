import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { takeDown } from '../down.ts';
import { labPath } from '../system/paths.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import type { Log } from '../system/run.ts';
import { jest } from '../test/jest.ts';
import { bringUp } from '../up.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { wpCli } from '../wordpress/wp-cli.ts';
import { besideOthers } from './beside-others.ts';
import { checkZip } from './check-zip.ts';
import { UsageError } from '../options.ts';
import { findPlugins, knownPlugins, layIntoSite, type KnownPlugin } from './plugins.ts';

interface Context {
	log: Log;
	signal: AbortSignal;
}

/** One thing that was tried; `problems` is empty where all was well. */
export interface Tried {
	name: string;
	skipped?: true;
	problems: string[];
	/** What is worth reading all the same. */
	notes?: string[];
}

const parts = [ 'mail-plugins', 'customer', 'defaults', 'wpcd', 'zip' ] as const;
type Part = ( typeof parts )[ number ];

/** All parts, or those named after --only. Throws UsageError. */
export function chosenParts( argv: string[] ): readonly Part[] {
	let only: string | undefined;
	try {
		only = parseArgs( { args: argv, options: { only: { type: 'string' } } } ).values.only;
	} catch ( error ) {
		throw new UsageError( ( error as Error ).message );
	}
	const unknown = only?.split( ',' ).filter( ( name ) => ! parts.includes( name as Part ) ) ?? [];
	if ( unknown.length > 0 ) {
		throw new UsageError( `There is no part ${ unknown.join( ', ' ) }: choose from ${ parts.join( ', ' ) }.` );
	}
	return only === undefined ? parts : parts.filter( ( part ) => only.split( ',' ).includes( part ) );
}

/**
 * `EMAIL_GATEWAY_REAL_PLUGINS=DIR npm run lab -- real [--only PART,…]`: journeys beside plugins of others in place of our stand-ins,
 * in a lab of its own. What is not in the folder is said, and played or left out. Returns the exit code.
 */
export async function real( argv: string[], { log, signal }: Context ): Promise< number > {
	const chosen = chosenParts( argv );
	const folder = process.env.EMAIL_GATEWAY_REAL_PLUGINS;
	const { there, missing } = findPlugins( folder );
	for ( const name of missing ) {
		console.log( `SKIPPED: ${ name } is not there (${ knownPlugins[ name ] }).` );
	}
	await ensureSystemPackages( [ 'chromium', 'fonts-dejavu-core' ], { log, signal } );
	try {
		const { status } = await bringUp( { servers: [ 'debian12', 'debian13' ] }, { log, signal } );
		const siteDir = join( labPath, 'wordpress' );
		await layIntoSite( folder as string, there, siteDir );
		const { wpCli: phar } = await ensureWordPressFiles( log );
		const wp = wpCli( { phar, php: systemPhp( siteDir ), signal } );
		const tried = [
			...( chosen.includes( 'mail-plugins' ) ? await besideOthers( wp, there ) : [] ),
			...( await journeys( chosen, there, JSON.stringify( status ), { log, signal } ) ),
			...( chosen.includes( 'zip' ) && there.includes( 'plugin-check' ) ? [ await checkZip( wp ) ] : [] ),
		];
		for ( const { name, problems, skipped, notes = [] } of tried ) {
			const mark = skipped ? 'SKIPPED:' : problems.length === 0 ? '✓' : '✗';
			console.log( [ `${ mark } ${ name }`, ...notes, ...problems ].join( '\n    ' ) );
		}
		return tried.every( ( { problems } ) => problems.length === 0 ) ? 0 : 1;
	} finally {
		await takeDown( { log } );
	}
}

/** Those in which a plugin of others has a part. */
async function journeys(
	chosen: readonly Part[],
	there: KnownPlugin[],
	status: string,
	{ log, signal }: Context
): Promise< Tried[] > {
	await mkdir( labPath, { recursive: true, mode: 0o700 } );
	const statusFile = join( labPath, 'status.json' );
	await writeFile( statusFile, status, { mode: 0o600 } );
	const env = { EMAIL_GATEWAY_LAB_STATUS: statusFile, EMAIL_GATEWAY_REAL_IN_SITE: there.join( ',' ) };
	const tried: Tried[] = [];
	for ( const name of chosen.filter( ( part ) => ! [ 'mail-plugins', 'zip' ].includes( part ) ) ) {
		const args = [ `lab/journeys/${ name }.test.ts`, '--testPathIgnorePatterns=/node_modules/', '--verbose' ];
		const { failures, passed } = await jest( args, { env, onLine: log, signal } );
		tried.push( {
			name: `journey ${ name }: ${ passed } passed`,
			problems: failures.map( ( failure ) => `${ failure.name }\n${ failure.details }` ),
		} );
	}
	return tried;
}
