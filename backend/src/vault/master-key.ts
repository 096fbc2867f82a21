import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import type { Config } from '../config.ts';

/**
 * The keys that seal every secret, newest first: from the environment, or from a file that is made at the first
 * start (0600). A line each: put a new key on top to rotate.
 * @param options isMade: false makes no key, and refuses where there is none
 * Errors: an Error when the file lies in the data folder (one stolen disk would hold both), can be read by others,
 * or holds anything but keys of 32 bytes in base64.
 */
export function readMasterKeys(
	{ masterKey, dataDir }: Pick< Config, 'masterKey' | 'dataDir' >,
	{ isMade = true }: { isMade?: boolean } = {}
): [ Buffer, ...Buffer[] ] {
	if ( masterKey.kind === 'value' ) {
		return parseMasterKeys( masterKey.base64, 'EMAIL_GATEWAY_MASTER_KEY' );
	}
	const { path } = masterKey;
	if ( ! isMade && ! existsSync( path ) ) {
		throw new Error( `There is no master key ${ path }.` );
	}
	mkdirSync( dirname( path ), { recursive: true } );
	mkdirSync( dataDir, { recursive: true, mode: 0o700 } );
	refuseInside( dataDir, dirname( path ), path );
	try {
		writeFileSync( path, `${ randomBytes( 32 ).toString( 'base64' ) }\n`, { mode: 0o600, flag: 'wx' } );
	} catch ( error ) {
		if ( ( error as NodeJS.ErrnoException ).code !== 'EEXIST' ) {
			throw error;
		}
	}
	refuseInside( dataDir, path, path );
	// what systemd lends has an access list, which shows as rights of the group
	if ( ! masterKey.isCredential && statSync( path ).mode & 0o077 ) {
		throw new Error( `The master key ${ path } can be read by others: chmod 600 it.` );
	}
	return parseMasterKeys( readFileSync( path, 'utf8' ), path );
}

/**
 * Whether the master key lies in the folder that holds the data folder: one volume, one copy of it, and whoever takes
 * that has both. It is allowed, for a first start, and said.
 */
export function isKeyBesideData( {
	masterKey,
	dataDir,
	databaseUrl,
}: Pick< Config, 'masterKey' | 'dataDir' | 'databaseUrl' > ): boolean {
	return (
		masterKey.kind === 'file' &&
		databaseUrl === null &&
		realpathSync( dirname( masterKey.path ) ) === dirname( realpathSync( dataDir ) )
	);
}

/** Follows links: `place` is where the key really lies or is about to. */
function refuseInside( dataDir: string, place: string, path: string ): void {
	if ( `${ realpathSync( place ) }${ sep }`.startsWith( `${ realpathSync( dataDir ) }${ sep }` ) ) {
		throw new Error(
			`The master key ${ path } lies inside the data folder: whoever takes one would have both. Move it elsewhere.`
		);
	}
}

/** Keys, one a line. Errors: an Error that names the source. */
export function parseMasterKeys( text: string, source: string ): [ Buffer, ...Buffer[] ] {
	const [ first, ...older ] = text
		.trim()
		.split( /\s+/ )
		.map( ( line ) => Buffer.from( line, 'base64' ) );
	if ( ! first || [ first, ...older ].some( ( key ) => key.length !== 32 ) ) {
		throw new Error( `${ source } must hold keys of 32 bytes in base64, one a line` );
	}
	return [ first, ...older ];
}
