import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labPath } from '../system/paths.ts';
import type { ServerKind } from './kinds.ts';

const serversPath = join( labPath, 'servers' );

/** What is decided once about a server and stays while its folder exists. */
export type ServerRecord = {
	name: string;
	kind: ServerKind;
	/** Counts from 0; its addresses derive from it. */
	index: number;
	opsPassword: string;
};

/** The folder of one server: its record, its layer over the image, its console's output. */
export function serverPath( name: string ): string {
	return join( serversPath, name );
}

/** @return the server's record, or undefined when there is no such server */
export function readServer( name: string ): ServerRecord | undefined {
	const path = join( serverPath( name ), 'server.json' );
	return existsSync( path ) ? JSON.parse( readFileSync( path, 'utf8' ) ) : undefined;
}

/** @return the records of all servers of this lab, running or not, in the order they were made */
export function listServers(): ServerRecord[] {
	const names = existsSync( serversPath ) ? readdirSync( serversPath ) : [];
	return names.flatMap( ( name ) => readServer( name ) ?? [] ).sort( ( a, b ) => a.index - b.index );
}

/**
 * Finds the server's record or makes one, with the lowest free index.
 *
 * @throws when the name is no host name, or already that of a server of another kind
 */
export function ensureRecord( name: string, kind: ServerKind ): ServerRecord {
	const known = readServer( name );
	if ( known && known.kind !== kind ) {
		throw new Error( `The server ${ name } is a ${ known.kind }: reset it to make it a ${ kind }.` );
	}
	if ( known ) {
		return known;
	}
	if ( ! /^[a-z][a-z0-9-]{0,30}$/.test( name ) ) {
		throw new Error( `${ name } is no name for a server.` );
	}
	const taken = new Set( listServers().map( ( { index } ) => index ) );
	let index = 0;
	while ( taken.has( index ) ) {
		index++;
	}
	const record = { name, kind, index, opsPassword: randomBytes( 12 ).toString( 'base64url' ) };
	mkdirSync( serverPath( name ), { recursive: true, mode: 0o700 } );
	writeFileSync( join( serverPath( name ), 'server.json' ), JSON.stringify( record ), { mode: 0o600 } );
	return record;
}
