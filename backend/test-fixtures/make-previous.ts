// node backend/test-fixtures/make-previous.ts NEWEST PREVIOUS: fills the empty folder with the embedded database of
// the release before, and with what the other one holds.
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { Tables } from '../src/db/tables.ts';
import { copyToPrevious } from './previous-database.ts';

const [ newest, previous ] = await Promise.all(
	process.argv
		.slice( 2 )
		.map(
			async ( dataDir ) =>
				new Kysely< Tables >( { dialect: new PGliteDialect( { pglite: await PGlite.create( { dataDir } ) } ) } )
		)
);
if ( ! newest || ! previous ) {
	throw new Error( 'make-previous.ts NEWEST PREVIOUS' );
}
await copyToPrevious( newest, previous );
await newest.destroy();
await previous.destroy();
