import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { askOperator } from '../ask-operator.ts';
import { dumpPostgres } from '../backup/postgres-tools.ts';
import { readConfig, type Config } from '../config.ts';
import { readMasterKeys } from '../vault/master-key.ts';
import { print, say, WrongUse, type Command } from './command.ts';

export const backup: Command = {
	about: 'writes the database to a file, and the master key to another one',
	forms: [ 'FILE' ],
	more: 'FILE is the database, FILE.key the key that opens the secrets in it: keep them apart. The backend goes on meanwhile;\nwith the embedded database it has to run.',
	examples: [ 'email-gateway backup /root/gateway-$(date +%F)' ],
	async run( [ name, ...rest ], env ) {
		if ( name === undefined || name.startsWith( '-' ) || rest.length ) {
			throw new WrongUse( 'backup takes one FILE.' );
		}
		const file = resolve( name );
		const config = readConfig( env );
		for ( const path of [ file, `${ file }.key` ] ) {
			if ( existsSync( path ) ) {
				throw new Error( `${ path } is there already.` );
			}
		}
		const keys = readMasterKeys( config, { isMade: false } ).map( ( key ) => `${ key.toString( 'base64' ) }\n` );
		await writeDatabase( config, file );
		writeFileSync( `${ file }.key`, keys.join( '' ), { mode: 0o600, flag: 'wx' } );
		say( 'Keep these two files apart: together they hold every password.' );
		print( file );
		print( `${ file }.key` );
	},
};

async function writeDatabase( { databaseUrl, dataDir }: Config, file: string ): Promise< void > {
	if ( databaseUrl ) {
		return dumpPostgres( file, { databaseUrl, dataDir } );
	}
	const { path } = await askOperator< { path: string } >( dataDir, '/snapshot' );
	writeFileSync( file, readFileSync( path ), { mode: 0o600, flag: 'wx', flush: true } );
}
