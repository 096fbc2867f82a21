import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { askOperator } from '../ask-operator.ts';
import { restoreEmbedded } from '../backup/restore-embedded.ts';
import { restorePostgres } from '../backup/restore-postgres.ts';
import { readConfig, type Config } from '../config.ts';
import { lookInto } from '../db/look-into.ts';
import type { Inspection } from '../db/inspect.ts';
import { stampOf } from '../db/snapshots.ts';
import { asOwner } from '../doctor/as-owner.ts';
import { checkKeyFits, checkTables } from '../doctor/database.ts';
import { parseMasterKeys } from '../vault/master-key.ts';
import { makeVault } from '../vault/vault.ts';
import { say, WrongUse, type Command } from './command.ts';

const stamp = () => stampOf( new Date() );

export const restore: Command = {
	about: 'restores a backup, with its key',
	forms: [ 'FILE [--key KEYFILE]' ],
	more: 'FILE is a backup, or a snapshot of the data folder. The backend has to be stopped. The key is taken from FILE.key unless\nanother file is named; where neither is there the present one stays. Everything in the database is replaced. What was there\nis kept under a name with the time (the last two); a backup that this release or its key cannot open changes nothing.',
	examples: [
		'systemctl stop email-gateway-backend',
		'email-gateway restore /root/gateway-2026-12-01',
		'systemctl start email-gateway-backend',
	],
	async run( [ name, option, keyName, ...rest ], env ) {
		if ( name === undefined || rest.length || ( option !== undefined && ( option !== '--key' || ! keyName ) ) ) {
			throw new WrongUse( 'restore takes one FILE, and --key with another one.' );
		}
		const config = readConfig( env );
		const file = resolve( name );
		const isRunning = await askOperator( config.dataDir, '/state' ).then(
			() => true,
			() => false
		);
		if ( isRunning ) {
			throw new Error( 'The backend is running: systemctl stop email-gateway-backend, then try again.' );
		}
		const content = readFileSync( file );
		const isDump = content.subarray( 0, 5 ).toString( 'latin1' ) === 'PGDMP';
		if ( isDump !== Boolean( config.databaseUrl ) ) {
			throw new Error(
				isDump
					? `${ file } is a backup of PostgreSQL, and this backend uses the embedded database. Check DATABASE_URL.`
					: `${ file } is a backup of the embedded database, and this backend uses PostgreSQL. Check DATABASE_URL.`
			);
		}
		const keys = keysOf( config, resolve( keyName ?? `${ file }.key` ), keyName !== undefined );
		const vault = makeVault( parseMasterKeys( keys, 'The key of the backup' ) );
		const check = async () => {
			const inspection = await lookInto( config, vault );
			if ( inspection ) {
				refuseUnfit( inspection );
			}
		};
		await asOwner( config.dataDir, () => put( content, config, check ) );
		placeKey( config, keys );
		say( 'The backup is restored. Start the backend: systemctl start email-gateway-backend' );
	},
};

async function put( content: Buffer< ArrayBuffer >, config: Config, check: () => Promise< void > ): Promise< void > {
	const { databaseUrl, dataDir } = config;
	if ( databaseUrl === null ) {
		return restoreEmbedded( dataDir, content, { stamp: stamp(), check } );
	}
	const before = await restorePostgres( content, { databaseUrl, dataDir, stamp: stamp(), check } );
	say( `The database as it was before is kept in ${ before }.` );
}

/** Errors: an Error for a database that this release or this key cannot open. */
function refuseUnfit( inspection: Inspection ): void {
	const [ first ] = [ checkTables( inspection, null ), checkKeyFits( inspection ) ].filter(
		( { state } ) => state === 'problem'
	);
	if ( first ) {
		throw new Error( `${ first.told } ${ first.advice }` );
	}
}

/** The key of the backup, or the present one where the backup has none beside it. */
function keysOf( { masterKey }: Config, path: string, isNamed: boolean ): string {
	if ( isNamed || existsSync( path ) ) {
		return readFileSync( path, 'utf8' );
	}
	return masterKey.kind === 'value' ? masterKey.base64 : readFileSync( masterKey.path, 'utf8' );
}

/** Puts a key in the place of another one, which is kept. */
function placeKey( { masterKey }: Config, keys: string ): void {
	if ( masterKey.kind === 'value' ) {
		if ( masterKey.base64.trim() !== keys.trim() ) {
			say(
				'EMAIL_GATEWAY_MASTER_KEY is not the key of the backup. Set it to that key before you start the backend.'
			);
		}
		return;
	}
	const present = existsSync( masterKey.path ) ? readFileSync( masterKey.path, 'utf8' ) : null;
	if ( present?.trim() === keys.trim() ) {
		return;
	}
	if ( present !== null ) {
		renameSync( masterKey.path, `${ masterKey.path }.before-${ stamp() }` );
	}
	writeFileSync( masterKey.path, keys, { mode: 0o600, flag: 'wx', flush: true } );
}
