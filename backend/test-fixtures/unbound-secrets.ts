import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { placeOf } from '../src/db/places.ts';
import { json, type Db } from '../src/db/tables.ts';
import { makeVault, type Field, type Sealed } from '../src/vault/vault.ts';

/** As the releases before 0.2.0 sealed: bound to the row and to nothing else. */
export function sealUnbound( masterKey: Buffer, text: string, { table, id, field }: Field ): Sealed {
	const key = Buffer.from( hkdfSync( 'sha256', masterKey, '', 'seal', 32 ) );
	const iv = randomBytes( 12 );
	const aad = Buffer.from( JSON.stringify( [ table, id, field ] ) );
	const cipher = createCipheriv( 'aes-256-gcm', key, iv ).setAAD( aad );
	const ct = Buffer.concat( [ cipher.update( text, 'utf8' ), cipher.final() ] ).toString( 'base64' );
	const kid = createHash( 'sha256' ).update( 'kid' ).update( masterKey ).digest( 'hex' ).slice( 0, 8 );
	return { v: 1, kid, iv: iv.toString( 'base64' ), tag: cipher.getAuthTag().toString( 'base64' ), ct };
}

/** Seals each secret of a copy as an older release would have. */
export async function unbindSecrets( copy: Db, from: Db, masterKey: Buffer ): Promise< void > {
	const vault = makeVault( [ masterKey ] );
	for ( const { tableName: table, rowId: id, field, sealed } of await copy
		.selectFrom( 'secrets' )
		.selectAll()
		.execute() ) {
		const place = await placeOf( from, { table, id, field } );
		if ( place ) {
			const older = sealUnbound( masterKey, vault.open( sealed, place ).reveal(), place );
			await copy
				.updateTable( 'secrets' )
				.set( { sealed: json( older ) } )
				.where( 'rowId', '=', id )
				.where( 'field', '=', field )
				.execute();
		}
	}
}
