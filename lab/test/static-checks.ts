import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printed } from '../build/print.ts';
import { repliesSection } from '../diagnose/section.ts';
import { ensureSystemPackages } from '../system/packages.ts';
import { checkoutPath } from '../system/paths.ts';
import { run, tryRun, type Log } from '../system/run.ts';
import { merge, oneCheck, type RunnerResult } from './report.ts';

interface Context {
	log: Log;
	signal: AbortSignal;
}

/** ESLint over the whole checkout, phpcs over the PHP; warnings count as well. Prettier says which files are not in its form. */
export async function lint( context: Context ): Promise< RunnerResult > {
	await ensureSystemPackages( [ 'php-codesniffer' ], context );
	const results = await Promise.all( [
		phpcs(),
		command( 'eslint', [
			'node_modules/eslint/bin/eslint.js',
			'--config',
			'.eslint.config.mjs',
			'--max-warnings=0',
			'.',
		] ),
		command( 'prettier (npx prettier --write . puts it right)', [
			'node_modules/prettier/bin/prettier.cjs',
			'--log-level=warn',
			'--check',
			'.',
		] ),
	] );
	return merge( results );
}

/** The compiler over every tsconfig.json. */
export async function types(): Promise< RunnerResult > {
	const projects = [ 'tsconfig.json', 'plugin/tsconfig.json' ].filter( ( file ) =>
		existsSync( join( checkoutPath, file ) )
	);
	const results = await Promise.all(
		projects.map( ( project ) =>
			command( project, [ 'node_modules/typescript/bin/tsc', '--noEmit', '--project', project ] )
		)
	);
	return merge( results );
}

async function phpcs(): Promise< RunnerResult > {
	const files = await filesOfGit( '*.php' );
	const { code, stdout, stderr } = await tryRun(
		[ 'phpcs', '--standard=.phpcs.xml', '--report=emacs', '-s', '-q', ...files ],
		{ cwd: checkoutPath }
	);
	return oneCheck( 'phpcs', code === 0 ? undefined : stdout + stderr );
}

/** Every shell script that git knows of or could. */
export async function shellcheck( context: Context ): Promise< RunnerResult > {
	await ensureSystemPackages( [ 'shellcheck' ], context );
	const scripts = await filesOfGit( '*.sh', '.ci/run' );
	const results = await Promise.all(
		scripts.map( async ( script ) => {
			const { code, stdout, stderr } = await tryRun( [ 'shellcheck', script ], { cwd: checkoutPath } );
			return oneCheck( script, code === 0 ? undefined : stdout + stderr );
		} )
	);
	return merge( results );
}

/** Files printed from the contract and the rules are what these print now. */
export async function generatedFiles(): Promise< RunnerResult > {
	const problem = 'It is not what the contract prints now. Run: npm run print-routes';
	const page = await readFile( join( checkoutPath, 'docs/diagnoses.md' ), 'utf8' );
	const old = 'Its last section is not what the rules print now. Run: npm run -s lab -- diagnose --write';
	const ofContract = Object.entries( printed ).map( async ( [ name, print ] ) => {
		const committed = await readFile( join( checkoutPath, 'plugin', name ), 'utf8' );
		return oneCheck( `plugin/${ name }`, committed === print() ? undefined : problem );
	} );
	return merge( [
		...( await Promise.all( ofContract ) ),
		oneCheck( 'docs/diagnoses.md', page.endsWith( repliesSection() ) ? undefined : old ),
	] );
}

/** What git knows of or could, by these patterns. */
async function filesOfGit( ...patterns: string[] ): Promise< string[] > {
	const listed = await run( [ 'git', 'ls-files', '--cached', '--others', '--exclude-standard', ...patterns ], {
		cwd: checkoutPath,
	} );
	return listed.split( '\n' ).filter( ( file ) => file !== '' && existsSync( join( checkoutPath, file ) ) );
}

async function command( name: string, args: string[] ): Promise< RunnerResult > {
	const { code, stdout, stderr } = await tryRun( [ process.execPath, ...args ], { cwd: checkoutPath } );
	return oneCheck( name, code === 0 ? undefined : stdout + stderr );
}
