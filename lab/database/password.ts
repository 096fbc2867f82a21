import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServiceAccount } from './service-folder.ts';

/** The password of a database of this lab: made once, kept in a file of ours beside its data. Safe within a URL and within SQL. */
export function databasePassword( { folder }: ServiceAccount ): string {
	const file = `${ folder }.password`;
	if ( ! existsSync( file ) ) {
		writeFileSync( file, randomBytes( 18 ).toString( 'base64url' ), { mode: 0o600 } );
	}
	return readFileSync( file, 'utf8' );
}
