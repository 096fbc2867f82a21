import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AccountInput } from '@email-gateway/shared';
import { GatewayError } from '../errors.ts';
import type { Secret } from '../vault/secret.ts';
import { accountOf, accountsOf, defaultAccountOf, type Account } from './accounts.ts';
import { accountPassword } from './places.ts';
import type { SecretStore } from './secrets.ts';
import { json, type Tx } from './tables.ts';

/** A site has so many at most. */
const mostAccounts = 100;

type Asked = Omit< AccountInput, 'password' >;

/**
 * Adds or changes an account, in a transaction that holds the site. It is a new version where a server would be given
 * something else, and unproved where its provider would be. Errors: not_found, account_name_taken, too_many_accounts.
 */
export async function saveAccount(
	tx: Tx,
	secrets: SecretStore,
	{ siteId, asked, password, by }: { siteId: string; asked: Asked; password: Secret; by: string }
): Promise< Account > {
	const { id, name, isDefault, dailyLimit, ...settings } = asked;
	const before = id === null ? null : await accountOf( tx, { siteId, id } );
	await refuseName( tx, siteId, asked );
	const account: Account = {
		...( before ?? { id: randomUUID(), siteId, version: 1, provedAt: null, provedBy: null } ),
		...{ name, isDefault, dailyLimit, settings, at: new Date(), by },
	};
	const former = before && ( await secrets.read( tx, accountPassword( before ) ) );
	const isSamePassword = former?.reveal() === password.reveal();
	if ( before && ! ( isSamePassword && isDeepStrictEqual( before.settings, settings ) ) ) {
		account.version = before.version + 1;
	}
	if ( before && ! ( isSamePassword && signsInAlike( before, account ) ) ) {
		Object.assign( account, { provedAt: null, provedBy: null } );
	}
	if ( isDefault ) {
		await takeMark( tx, secrets, account );
	}
	const row = { ...account, settings: json( settings ) };
	await ( before
		? tx.updateTable( 'accounts' ).set( row ).where( 'id', '=', account.id ).execute()
		: tx.insertInto( 'accounts' ).values( row ).execute() );
	await secrets.save( tx, accountPassword( account ), password );
	return account;
}

/** Deletes an account with its password; whether nothing uses it is the caller's to ask. */
export async function deleteAccount( tx: Tx, secrets: SecretStore, account: Account ): Promise< void > {
	await secrets.remove( tx, accountPassword( account ) );
	await tx.deleteFrom( 'accounts' ).where( 'id', '=', account.id ).execute();
}

async function refuseName( tx: Tx, siteId: string, { id, name }: Asked ): Promise< void > {
	const all = await accountsOf( tx, siteId );
	if ( all.some( ( other ) => other.id !== id && other.name.toLowerCase() === name.toLowerCase() ) ) {
		throw new GatewayError( 'account_name_taken', { name } );
	}
	if ( id === null && all.length >= mostAccounts ) {
		throw new GatewayError( 'too_many_accounts', { most: mostAccounts } );
	}
}

const signsInAlike = ( { settings: a }: Account, { settings: b }: Account ): boolean =>
	a.smtpServer === b.smtpServer && a.smtpPort === b.smtpPort && a.userName === b.userName;

/** Takes the mark of the default from the account that has it, whose password is bound to that as well. */
async function takeMark( tx: Tx, secrets: SecretStore, { id, siteId }: Account ): Promise< void > {
	const marked = await defaultAccountOf( tx, siteId );
	if ( marked && marked.id !== id ) {
		await tx.updateTable( 'accounts' ).set( { isDefault: false } ).where( 'id', '=', marked.id ).execute();
		await secrets.rebind( tx, accountPassword( marked ), accountPassword( { ...marked, isDefault: false } ) );
	}
}
