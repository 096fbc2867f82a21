import type { App } from '../app.ts';
import { accountOf } from '../db/accounts.ts';
import type { AlertChannel } from '../db/alert-channels.ts';
import { channelsKeptBy } from '../db/kept-channels.ts';
import { accountPassword, channelPlace } from '../db/places.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Db } from '../db/tables.ts';
import { isFailure } from '../errors.ts';
import type { Sealed, SignIn } from './channel.ts';

type Kind = AlertChannel[ 'kind' ];

/**
 * Where a channel's alerts go, as it was saved; null: it has no secret any more. What was saved before there were channels
 * has no `kind`, and an owner's own email no `from`.
 */
export async function targetOf(
	secrets: SecretStore,
	db: Db,
	channel: AlertChannel
): Promise< Sealed< Kind > | null > {
	if ( channel.kind === 'notice' ) {
		return { kind: 'notice' } as Sealed< Kind >;
	}
	const sealed = await secrets.read( db, channelPlace( channel ) );
	return sealed && ( { kind: channel.kind, ...JSON.parse( sealed.reveal() ) } as Sealed< Kind > );
}

/** By which of a site's accounts something is emailed, and as whom. */
export interface MailBy {
	siteId: string;
	account: string | null;
	from: string;
}

/**
 * How owners of servers are emailed: as the first channel of the site that is an email. null: the site has none, so that its
 * owners are told by email only where who manages the site is.
 */
export async function mailOfOwners(
	{ secrets }: { secrets: SecretStore },
	db: Db,
	siteId: string
): Promise< MailBy | null > {
	const first = ( await channelsKeptBy( db, { siteId, own: null } ) ).find( ( { kind } ) => kind === 'email' );
	const target = first && ( await nullIfForged( targetOf( secrets, db, first ) ) );
	return first && target?.kind === 'email' ? { siteId, account: first.account, from: target.from } : null;
}

/** Of the account by which email goes out; null: of none. */
export async function signInOf(
	{ db, secrets }: Pick< App, 'db' | 'secrets' >,
	{ siteId, account: id }: Pick< MailBy, 'siteId' | 'account' >
): Promise< SignIn | null > {
	if ( id === null ) {
		return null;
	}
	const account = await accountOf( db, { siteId, id } );
	const password = await secrets.read( db, accountPassword( account ) );
	return password && { ...account.settings, password: password.reveal() };
}

/** What something else than us has changed in the database is as good as gone. */
export async function nullIfForged< Read >( read: Promise< Read > ): Promise< Read | null > {
	try {
		return await read;
	} catch ( error ) {
		if ( isFailure( error, 'record_not_genuine' ) ) {
			return null;
		}
		throw error;
	}
}
