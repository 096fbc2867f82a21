import { randomBytes } from 'node:crypto';
import { GatewayError } from '../errors.ts';
import type { Vault } from '../vault/vault.ts';
import type { Db } from './tables.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const validForMs = 15 * 60_000;
const mostTries = 5;
const selectorLength = 5;
/** 32^27 = 135 bits. */
const secretLength = 27;

const randomText = ( length: number ) =>
	Array.from( randomBytes( length ), ( byte ) => alphabet[ byte % 32 ] ).join( '' );
/** What is proved of a code: keyed, so that a copy of the database tells nothing of it, and nobody can write one there. */
const provedOf = ( selector: string, secret: string, expiresAt: Date ) => [ selector, secret, expiresAt ];

/**
 * Makes a one-time code: a selector by which it is found, and a secret of which only a keyed hash is kept.
 * @param now milliseconds since the epoch
 */
export async function makePairingCode(
	db: Db,
	vault: Vault,
	{ now = Date.now() }: { now?: number } = {}
): Promise< { code: string; expiresAt: Date } > {
	const selector = randomText( selectorLength );
	const secret = randomText( secretLength );
	const expiresAt = new Date( now + validForMs );
	await db
		.deleteFrom( 'pairingCodes' )
		.where( 'expiresAt', '<', new Date( now - 24 * 3600_000 ) )
		.execute();
	await db
		.insertInto( 'pairingCodes' )
		.values( {
			selector,
			secretHash: vault.mac( 'pairing code', provedOf( selector, secret, expiresAt ) ),
			expiresAt,
		} )
		.execute();
	return { code: ( selector + secret ).replace( /(.{4})(?=.)/g, '$1-' ), expiresAt };
}

// read as a person may have typed it
const typedCode = ( text: string ) =>
	text.toUpperCase().replace( /[\s-]/g, '' ).replaceAll( 'O', '0' ).replace( /[IL]/g, '1' );

/**
 * Whether a code lets in. Each time counts as a try, so call it outside the transaction that would undo the count.
 * Errors: pairing_code_invalid, pairing_code_expired, pairing_code_used_up.
 */
export async function tryPairingCode( db: Db, vault: Vault, text: string ): Promise< void > {
	const typed = typedCode( text );
	const selector = typed.slice( 0, selectorLength );
	const counted = await db
		.updateTable( 'pairingCodes' )
		.set( ( row ) => ( { tries: row( 'tries', '+', 1 ) } ) )
		.where( 'selector', '=', selector )
		.returningAll()
		.executeTakeFirst();
	if ( ! counted ) {
		throw new GatewayError( 'pairing_code_invalid' );
	}
	if ( counted.usedAt || counted.tries > mostTries ) {
		throw new GatewayError( 'pairing_code_used_up' );
	}
	const proved = provedOf( selector, typed.slice( selectorLength ), counted.expiresAt );
	if ( ! vault.isMacOf( counted.secretHash, 'pairing code', proved ) ) {
		throw new GatewayError( 'pairing_code_invalid' );
	}
	if ( counted.expiresAt.getTime() < Date.now() ) {
		throw new GatewayError( 'pairing_code_expired' );
	}
}

/** Uses a code up that was found to let in, in the transaction that lets in. Errors: pairing_code_used_up, by someone else. */
export async function usePairingCode( tx: Db, text: string ): Promise< void > {
	const { numUpdatedRows } = await tx
		.updateTable( 'pairingCodes' )
		.set( { usedAt: new Date() } )
		.where( 'selector', '=', typedCode( text ).slice( 0, selectorLength ) )
		.where( 'usedAt', 'is', null )
		.executeTakeFirst();
	if ( numUpdatedRows !== 1n ) {
		throw new GatewayError( 'pairing_code_used_up' );
	}
}
