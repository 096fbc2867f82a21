import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { removeAllBut } from '../db/snapshots.ts';
import { dumpPostgres, runPostgresTool } from './postgres-tools.ts';

/**
 * What a dump knows nothing of goes as well: tables of a newer release would be in the way of the next upgrade. PostgreSQL's
 * own and those of extensions stay.
 */
const emptied = `
do $$ declare one record; begin
	drop schema if exists pgboss cascade;
	for one in select c.relname, c.relkind from pg_class c where c.relnamespace = 'public'::regnamespace
		and c.relkind in ('r', 'p', 'v', 'm', 'S')
		and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype in ('e', 'i', 'a')) loop
		execute format('drop %s if exists public.%I cascade', case one.relkind
			when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, one.relname);
	end loop;
	for one in select t.typname from pg_type t where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd')
		and not exists (select 1 from pg_depend d where d.objid = t.oid and d.deptype = 'e') loop
		execute format('drop type if exists public.%I cascade', one.typname);
	end loop;
end $$;
`;

const quietly = [ '--no-psqlrc', '--quiet', '--output=/dev/null' ];

interface Wanted {
	databaseUrl: string;
	dataDir: string;
	/** Names what was there. */
	stamp: string;
	/** Throws where what was put back is of no use. */
	check: () => Promise< void >;
}

/**
 * Puts a dump in the place of everything in the database, in one transaction; what was there is dumped before. Where `check`
 * throws, it is put back. Resolves with the path of the dump of what was there. Errors: those of `check` and of PostgreSQL's
 * programs.
 */
export async function restorePostgres(
	content: Buffer,
	{ databaseUrl, dataDir, stamp, check }: Wanted
): Promise< string > {
	const folder = join( dataDir, 'snapshots' );
	mkdirSync( folder, { recursive: true, mode: 0o700 } );
	const before = join( folder, `before-restore-${ stamp }.dump` );
	await dumpPostgres( before, { databaseUrl, dataDir } );
	const put = ( dump: Buffer ) => putDump( dump, { databaseUrl, dataDir } );
	await put( content );
	try {
		await check();
	} catch ( error ) {
		await put( readFileSync( before ) );
		throw error;
	}
	removeAllBut( folder, 2, ( name ) => name.startsWith( 'before-restore-' ) );
	return before;
}

/**
 * pg_restore makes a script of the dump, and psql runs all of it or nothing: its input ends, which commits, only when
 * pg_restore has read the dump to its end.
 */
async function putDump( dump: Buffer, place: { databaseUrl: string; dataDir: string } ): Promise< void > {
	const script = new PassThrough();
	script.write( emptied );
	const output = new Writable( { write: ( chunk, _encoding, done ) => void script.write( chunk, done ) } );
	const broken = new AbortController();
	const made = runPostgresTool( [ 'pg_restore', '--no-owner', '--no-privileges', '--file=-' ], {
		...{ ...place, input: Readable.from( [ dump ] ), output },
	} );
	const ran = runPostgresTool( [ 'psql', ...quietly, '--single-transaction', '--set=ON_ERROR_STOP=1' ], {
		...{ ...place, input: script, signal: broken.signal },
	} );
	made.then(
		() => script.end(),
		() => broken.abort()
	);
	const [ making, running ] = await Promise.allSettled( [ made, ran ] );
	// where psql ended by itself, pg_restore only lost its reader
	const failed = [ ...( broken.signal.aborted ? [] : [ running ] ), making ].find(
		( { status } ) => status === 'rejected'
	);
	if ( failed ) {
		throw ( failed as PromiseRejectedResult ).reason;
	}
}
