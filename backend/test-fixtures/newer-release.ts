import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const backend = fileURLToPath( new URL( '..', import.meta.url ) );
/** The folder of this release: what `startRelease` runs. */
export const thisRelease = backend;
export const newerMigration = '9999-next-release';

/** What a later release may add: a table that leans on one of ours, and a type. */
const migration = `import { sql } from 'kysely';
export async function up( db ) {
	await sql\`create type next_kind as enum ('one', 'two')\`.execute( db );
	await sql\`create table next_release (site_id uuid primary key references sites (id), kind next_kind)\`.execute( db );
	await sql\`insert into next_release select id, 'one' from sites\`.execute( db );
}
`;

/** Makes, in a new folder, a release that comes after this one: the same program with one more migration. */
export function makeNewerRelease( folder: string ): string {
	mkdirSync( folder );
	symlinkSync( join( backend, '../node_modules' ), join( folder, 'node_modules' ) );
	cpSync( join( backend, 'package.json' ), join( folder, 'package.json' ) );
	cpSync( join( backend, 'src' ), join( folder, 'src' ), {
		recursive: true,
		filter: ( path ) => ! path.endsWith( '.test.ts' ),
	} );
	addMigration( join( folder, 'src' ) );
	return folder;
}

/** Adds the migration to a copy of our sources. */
export function addMigration( sources: string ): void {
	writeFileSync( join( sources, 'db/migrations', `${ newerMigration }.ts` ), migration );
	const file = join( sources, 'db/migrations.ts' );
	const text = readFileSync( file, 'utf8' );
	const changed = `import * as next from './migrations/${ newerMigration }.ts';\n${ text }`
		.replace(
			'export const migrations = {',
			`const added = { '${ newerMigration }': next };\nexport const migrations = {`
		)
		.replace( /^};$/m, '\t...added,\n};' );
	writeFileSync( file, changed );
}

export interface Release {
	/** Resolves when it answers requests. Errors: what it printed, where it ends before. */
	ready: Promise< void >;
	/** Resolves with its exit status. */
	ended: Promise< number | null >;
	/** What it printed until now. */
	printed(): string;
	/** Ends it as systemd does, and resolves with its exit status. */
	stop(): Promise< number | null >;
}

/** Starts the real program of a release. */
export function startRelease( folder: string, env: Record< string, string > ): Release {
	const child = spawn( process.execPath, [ join( folder, 'src/main.ts' ) ], {
		env: { PATH: process.env.PATH, ...env },
		stdio: [ 'ignore', 'pipe', 'pipe' ],
	} );
	let printed = '';
	const ready = Promise.withResolvers< void >();
	ready.promise.catch( () => {} );
	const read = ( chunk: Buffer ) => {
		printed += chunk.toString();
		if ( printed.includes( '"msg":"started"' ) ) {
			ready.resolve();
		}
	};
	child.stdout.on( 'data', read );
	child.stderr.on( 'data', read );
	const ended = new Promise< number | null >( ( resolve ) => child.once( 'close', resolve ) );
	void ended.then( () => ready.reject( new Error( `ended: ${ printed }` ) ) );
	return {
		...{ ready: ready.promise, ended, printed: () => printed },
		stop: () => {
			child.kill( 'SIGTERM' );
			return ended;
		},
	};
}
