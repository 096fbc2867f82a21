import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cachePath } from '../system/paths.ts';
import { run, type Log } from '../system/run.ts';
import type { PhpRuntime } from './php.ts';

/** PHP in WebAssembly: some 600 MB with every PHP it knows, hence fetched only where it is needed. */
const source = { name: '@wp-playground/cli', version: '3.1.56' };
const siteRoot = '/wordpress';

export interface PlaygroundFolders {
	siteDir: string;
	pluginDir: string;
	/** Further folders that PHP sees under the path they have here. */
	others: string[];
}

/** Playground as PHP of a version, fetched at the first call. About half a second a request, five seconds a script. */
export async function playground(
	folders: PlaygroundFolders,
	{ version = '8.3', ...context }: { version?: string; log: Log; signal: AbortSignal }
): Promise< PhpRuntime > {
	const cli = await ensurePlayground( context );
	const mounts: [ string, string ][] = [
		[ folders.siteDir, siteRoot ],
		...folders.others.map( ( folder ): [ string, string ] => [ folder, folder ] ),
		// Symbolic links are not followed: what they lead to is mounted over them.
		[ folders.pluginDir, `${ siteRoot }/wp-content/plugins/email-gateway` ],
	];
	const node = [ process.execPath, '--import', join( import.meta.dirname, 'loopback-only.mjs' ), cli ];
	const common = [
		...[
			`--php=${ version }`,
			'--verbosity=quiet',
			'--wordpress-install-mode=do-not-attempt-installing',
			'--skip-sqlite-setup',
		],
		...mounts.flatMap( ( mount ) => [ '--mount-dir-before-install', ...mount ] ),
	];
	return {
		siteRoot,
		script: ( args ) => [ ...node, 'php', ...common, '--', ...args ],
		server: ( port ) => ( {
			argv: [
				...node,
				'server',
				`--port=${ port }`,
				'--workers=2',
				`--site-url=http://127.0.0.1:${ port }`,
				...common,
			],
			env: process.env,
		} ),
	};
}

async function ensurePlayground( { log, signal }: { log: Log; signal: AbortSignal } ): Promise< string > {
	const target = join( cachePath, `playground-${ source.version }` );
	if ( ! existsSync( target ) ) {
		log( 'Fetching WordPress Playground (PHP in WebAssembly, 600 MB, once) …' );
		const partial = `${ target }.partial`;
		await rm( partial, { recursive: true, force: true } );
		await mkdir( partial, { recursive: true } );
		const flags = [
			'--omit=optional',
			'--ignore-scripts',
			'--no-audit',
			'--no-fund',
			'--no-package-lock',
			'--loglevel=error',
		];
		await run( [ 'npm', 'install', '--prefix', partial, ...flags, `${ source.name }@${ source.version }` ], {
			cwd: partial,
			signal,
		} );
		await rename( partial, target );
	}
	return join( target, 'node_modules', source.name, 'wp-playground.js' );
}
