import { presetOfServer } from '@email-gateway/shared';
import type { App } from '../app.ts';
import { endIncident, keepIncident, keyOf, openOfKinds } from '../db/incidents.ts';
import { limitTroubles } from '../incidents/account-limit.ts';
import { accountsUsed, type AccountUse } from '../ledger/account-use.ts';

const dayMs = 86_400_000;
/** When the day that limits count by began, in UTC: the day of a provider is not known. */
export const dayOf = ( now: number ): number => now - ( now % dayMs );
/** Messages a day, as someone typed it or as the provider's preset says; null: not known. */
export const limitOf = ( { host, typedLimit }: Pick< AccountUse, 'host' | 'typedLimit' > ): number | null =>
	typedLimit ?? presetOfServer( host )?.perDay ?? null;
const kinds = [ 'account_limit', 'account_limit_soon' ] as const;

/**
 * Which accounts have used most of what their provider takes a day. Told to who manages the site only: other owners would
 * learn how much is sent by servers that are not theirs.
 * @param now milliseconds since the epoch
 */
export async function judgeAccounts(
	{ db, vault, secrets }: Pick< App, 'db' | 'vault' | 'secrets' >,
	now: number
): Promise< void > {
	const open = await openOfKinds( db, kinds );
	const seen = new Set< string >();
	for ( const { siteId, host, userName, isKept, typedLimit, used } of await accountsUsed(
		{ db, secrets },
		dayOf( now )
	) ) {
		const limit = limitOf( { host, typedLimit } );
		const account = keyOf( vault, { of: 'account', host, userName } );
		for ( const trouble of limitTroubles( used, limit ) ) {
			seen.add( `${ siteId } ${ trouble } ${ account }` );
			await keepIncident( db, {
				...{ siteId, server: null, kind: trouble, subject: account, trouble, seenAt: new Date( now ) },
				key: keyOf( vault, { of: 'account', host, userName: `${ userName } ${ trouble }` } ),
				detail: { messages: used, usual: limit ?? 0, ...( isKept ? {} : { provider: host } ) },
			} );
		}
	}
	for ( const one of open.filter( ( each ) => ! seen.has( `${ each.siteId } ${ each.kind } ${ each.subject }` ) ) ) {
		await endIncident( db, one );
	}
}
