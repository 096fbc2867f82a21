import { randomUUID } from 'node:crypto';
import { Secret } from '../vault/secret.ts';
import type { Place, Vault } from '../vault/vault.ts';
import type { Account } from './accounts.ts';
import type { AlertChannel } from './alert-channels.ts';
import { formerDefaultsPlace, formerPasswordOf } from './former-places.ts';
import { accountPassword, channelPlace, passwordOf } from './places.ts';
import { makeSecretStore, type SecretStore } from './secrets.ts';
import { json, type Db } from './tables.ts';

/** What a channel by email kept before there were accounts. */
interface FormerTarget {
	to: string;
	from: string;
	smtpServer: string;
	smtpPort: number;
	userName: string;
	password: string;
}

/**
 * Binds what is sealed to the accounts of the migration, and gives each channel by email the account that it kept for itself.
 * What does not open, as nothing did before, stays as it is.
 */
export async function makeAccounts( db: Db, vault: Vault ): Promise< void > {
	const secrets = makeSecretStore( vault );
	for ( const account of await db.selectFrom( 'accounts' ).selectAll().execute() ) {
		await move( db, secrets, formerDefaultsPlace( account ), accountPassword( account ) );
	}
	for ( const version of await db
		.selectFrom( 'settings' )
		.selectAll()
		.where( 'account', 'is not', null )
		.execute() ) {
		await move( db, secrets, formerPasswordOf( version, version.accountVersion ), passwordOf( version ) );
	}
	await db.deleteFrom( 'secrets' ).where( 'tableName', '=', 'defaults' ).execute();
	for ( const channel of await db
		.selectFrom( 'alertChannels' )
		.selectAll()
		.where( 'kind', '=', 'email' )
		.execute() ) {
		await giveAccount( db, secrets, channel );
	}
}

async function move( db: Db, secrets: SecretStore, from: Place, to: Place ): Promise< void > {
	const secret = await openOrNull( db, secrets, from );
	if ( secret ) {
		await secrets.save( db, to, secret );
	}
}

/** null also for one that a lost master key sealed. */
const openOrNull = ( db: Db, secrets: SecretStore, place: Place ): Promise< Secret | null > =>
	secrets.read( db, place ).catch( () => null );

/** The account that a channel used is one of the site's that is the same, or a new one. */
async function giveAccount( db: Db, secrets: SecretStore, channel: AlertChannel ): Promise< void > {
	const sealed = await openOrNull( db, secrets, channelPlace( channel ) );
	if ( ! sealed ) {
		return;
	}
	const { to, from, password, ...signIn } = JSON.parse( sealed.reveal() ) as FormerTarget;
	const account =
		( await sameAccount( db, secrets, { siteId: channel.siteId, password, signIn } ) ) ??
		( await newAccount( db, secrets, { siteId: channel.siteId, from, password, signIn } ) );
	await db.updateTable( 'alertChannels' ).set( { account } ).where( 'id', '=', channel.id ).execute();
	await secrets.save(
		db,
		channelPlace( { ...channel, account } ),
		new Secret( JSON.stringify( { kind: 'email', to, from } ) )
	);
}

type SignIn = Pick< FormerTarget, 'smtpServer' | 'smtpPort' | 'userName' >;
interface Wanted {
	siteId: string;
	password: string;
	signIn: SignIn;
}

async function sameAccount(
	db: Db,
	secrets: SecretStore,
	{ siteId, password, signIn: { smtpServer, smtpPort, userName } }: Wanted
): Promise< string | null > {
	for ( const account of await db.selectFrom( 'accounts' ).selectAll().where( 'siteId', '=', siteId ).execute() ) {
		const { settings } = account;
		const isSame =
			settings.smtpServer === smtpServer && settings.smtpPort === smtpPort && settings.userName === userName;
		if ( isSame && ( await openOrNull( db, secrets, accountPassword( account ) ) )?.reveal() === password ) {
			return account.id;
		}
	}
	return null;
}

async function newAccount(
	db: Db,
	secrets: SecretStore,
	{ siteId, from, password, signIn }: Wanted & { from: string }
): Promise< string > {
	const names = await db.selectFrom( 'accounts' ).select( 'name' ).where( 'siteId', '=', siteId ).execute();
	const sendingDomain = from.slice( from.lastIndexOf( '@' ) + 1 );
	const account: Account = {
		...{ id: randomUUID(), siteId, isDefault: false, version: 1, at: new Date(), by: '' },
		name: names.length === 0 ? 'Alerts' : `Alerts ${ names.length + 1 }`,
		settings: {
			smtpServer: signIn.smtpServer,
			smtpPort: signIn.smtpPort,
			userName: signIn.userName,
			sendingDomain,
			note: '',
		},
		...{ dailyLimit: null, provedAt: null, provedBy: null },
	};
	await db
		.insertInto( 'accounts' )
		.values( { ...account, settings: json( account.settings ) } )
		.execute();
	await secrets.save( db, accountPassword( account ), new Secret( password ) );
	return account.id;
}
