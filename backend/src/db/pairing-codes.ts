import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { GatewayError } from '../errors.ts';
import type { Db } from './tables.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const validForMs = 15 * 60_000;
const mostTries = 5;
const selectorLength = 5;
/** 32^27 = 135 bits. */
const secretLength = 27;

const randomText = ( length: number ) =>
	Array.from( randomBytes( length ), ( byte ) => alphabet[ byte % 32 ] ).join( '' );
const hash = ( text: string ) => createHash( 'sha256' ).update( text ).digest();

/** Makes a one-time code: a selector by which it is found, and a secret of which only the hash is kept. */
export async function makePairingCode( db: Db ): Promise< { code: string; expiresAt: Date } > {
	const selector = randomText( selectorLength );
	const secret = randomText( secretLength );
	const expiresAt = new Date( Date.now() + validForMs );
	await db
		.deleteFrom( 'pairing_codes' )
		.where( 'expires_at', '<', new Date( Date.now() - 24 * 3600_000 ) )
		.execute();
	await db
		.insertInto( 'pairing_codes' )
		.values( { selector, secret_hash: hash( secret ).toString( 'hex' ), expires_at: expiresAt } )
		.execute();
	return { code: ( selector + secret ).replace( /(.{4})(?=.)/g, '$1-' ), expiresAt };
}

/**
 * Uses a code up. A wrong secret counts as a try, so call it outside the transaction that would undo the count.
 * Errors: pairing_code_invalid, pairing_code_expired, pairing_code_used_up.
 */
export async function usePairingCode( db: Db, text: string ): Promise< void > {
	// read as a person may have typed it
	const typed = text.toUpperCase().replace( /[\s-]/g, '' ).replaceAll( 'O', '0' ).replace( /[IL]/g, '1' );
	const selector = typed.slice( 0, selectorLength );
	const counted = await db
		.updateTable( 'pairing_codes' )
		.set( ( row ) => ( { tries: row( 'tries', '+', 1 ) } ) )
		.where( 'selector', '=', selector )
		.returningAll()
		.executeTakeFirst();
	if ( ! counted ) {
		throw new GatewayError( 'pairing_code_invalid' );
	}
	if ( counted.used_at || counted.tries > mostTries ) {
		throw new GatewayError( 'pairing_code_used_up' );
	}
	if ( ! timingSafeEqual( hash( typed.slice( selectorLength ) ), Buffer.from( counted.secret_hash, 'hex' ) ) ) {
		throw new GatewayError( 'pairing_code_invalid' );
	}
	if ( counted.expires_at.getTime() < Date.now() ) {
		throw new GatewayError( 'pairing_code_expired' );
	}
	const { numUpdatedRows } = await db
		.updateTable( 'pairing_codes' )
		.set( { used_at: new Date() } )
		.where( 'selector', '=', selector )
		.where( 'used_at', 'is', null )
		.executeTakeFirst();
	if ( numUpdatedRows !== 1n ) {
		throw new GatewayError( 'pairing_code_used_up' );
	}
}
