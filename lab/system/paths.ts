import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The checkout this lab belongs to, as an absolute path without symbolic links. */
export const checkoutPath = realpathSync( resolve( import.meta.dirname, '../..' ) );

/**
 * Everything a lab writes lies below this folder; deleting it deletes the lab. Another folder is another lab:
 * names, addresses and ports derive from this path, so the tests' lab runs beside the one of `npm start`.
 */
export const labPath = resolve( checkoutPath, process.env[ 'EMAIL_GATEWAY_LAB_DIR' ] ?? '.lab' );

/** What was fetched or built once and serves every lab of this checkout: images, WordPress's files. */
export const cachePath = join( checkoutPath, '.lab', 'cache' );

/** Logs of everything the lab starts. */
export const logPath = join( labPath, 'log' );

/**
 * A number that is always the same for one checkout, and most likely another for another one.
 *
 * @param path  absolute path of the checkout
 * @param topic what the number is for, so that two uses do not follow each other
 * @return an integer from 0 to 2^32 - 1
 */
export function checkoutNumber( path: string, topic: string ): number {
	return createHash( 'sha256' ).update( `${ topic }\0${ path }` ).digest().readUInt32BE( 0 );
}
