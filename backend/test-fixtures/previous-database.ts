import { sql, type RawBuilder } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../src/db/migrations.ts';
import type { Db } from '../src/db/tables.ts';
import { makeVault } from '../src/vault/vault.ts';
import { giveDefaults } from './former-defaults.ts';
import { unbindSecrets } from './unbound-secrets.ts';

/** Columns that have another name now. */
const renamed: Record< string, RawBuilder< unknown > > = {
	defaults_version: sql`account_version as defaults_version`,
};

/**
 * Makes, in an empty database, what the release before the newest migration, or before another one, would have kept of
 * the data in `from`:
 * its tables, with every row and every column that they had then.
 */
export async function copyToPrevious(
	from: Db,
	to: Db,
	masterKey: Buffer,
	before?: keyof typeof migrations
): Promise< void > {
	const earlier = Object.fromEntries(
		Object.entries( migrations ).slice( 0, before ? Object.keys( migrations ).indexOf( before ) : -1 )
	);
	const migrator = new Migrator( { db: to, provider: { getMigrations: async () => earlier } } );
	const { error } = await migrator.migrateToLatest();
	if ( error ) {
		throw error;
	}
	const { rows: tables } = await sql< { name: string; columns: string[] } >`
		select table_name as name, json_agg(column_name) as columns from information_schema.columns
		where table_schema = 'public' and table_name not like 'kysely%' group by table_name`.execute( to );
	const isUnbound = ! Object.hasOwn( earlier, '0004-proofs' );
	await to.connection().execute( async ( one ) => {
		// tables come in no order that their references would allow
		await sql`set session_replication_role = replica`.execute( one );
		for ( const { name, columns } of tables.filter( ( table ) => table.name !== 'defaults' ) ) {
			const list = sql.join( columns.map( ( column ) => sql.ref( column ) ) );
			const found = sql.join( columns.map( ( column ) => renamed[ column ] ?? sql.ref( column ) ) );
			const { rows } = await sql< { all: string } >`
				select coalesce(json_agg(t), '[]')::text as all from (select ${ found } from ${ sql.table( name ) }) t`.execute( from );
			await sql`insert into ${ sql.table( name ) } (${ list }) overriding system value
				select ${ list } from json_populate_recordset(null::${ sql.table( name ) }, ${ rows[ 0 ]?.all }::json)`.execute( one );
		}
		if ( ! Object.hasOwn( earlier, '0022-accounts' ) ) {
			await giveDefaults( one, from, makeVault( [ masterKey ] ) );
		}
		if ( isUnbound ) {
			await unbindSecrets( one, from, masterKey );
		}
		await sql`set session_replication_role = default`.execute( one );
		// whatever was copied was not counted
		await sql`select setval(pg_get_serial_sequence('audit', 'id'), (select coalesce(max(id), 1) from audit))`.execute(
			one
		);
	} );
}
