// node backend/test-fixtures/make-previous.ts NEWEST PREVIOUS KEYFILE: fills the empty folder with the embedded database of
// the release before, and with what the other one holds.
import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { caseOfRows, type Tables } from '../src/db/tables.ts';
import { copyToPrevious } from './previous-database.ts';

const [ newest, previous ] = await Promise.all(
	process.argv.slice( 2, 4 ).map(
		async ( dataDir ) =>
			new Kysely< Tables >( {
				dialect: new PGliteDialect( { pglite: await PGlite.create( { dataDir } ) } ),
				plugins: [ caseOfRows ],
			} )
	)
);
const keyFile = process.argv[ 4 ];
if ( ! newest || ! previous || ! keyFile ) {
	throw new Error( 'make-previous.ts NEWEST PREVIOUS KEYFILE' );
}
await copyToPrevious( newest, previous, Buffer.from( readFileSync( keyFile, 'utf8' ), 'base64' ) );
await newest.destroy();
await previous.destroy();
