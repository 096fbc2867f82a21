import type { Db } from './tables.ts';

/** Longer than a signature is accepted in either direction. */
const keptForMs = 10 * 60_000;

/** Stores a nonce. False: it was there already, so the request is a replay. */
export async function storeNonce( db: Db, keyId: string, nonce: string ): Promise< boolean > {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto( 'nonces' )
		.values( { keyId, nonce, at: new Date() } )
		.onConflict( ( conflict ) => conflict.doNothing() )
		.executeTakeFirst();
	return numInsertedOrUpdatedRows === 1n;
}

/** Forgets nonces whose requests would be too old anyway. */
export async function dropOldNonces( db: Db ): Promise< void > {
	await db
		.deleteFrom( 'nonces' )
		.where( 'at', '<', new Date( Date.now() - keptForMs ) )
		.execute();
}
