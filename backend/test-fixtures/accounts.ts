import type { RequestOf } from '@email-gateway/shared';
import type { SiteClient } from './site-client.ts';

type Account = RequestOf< 'saveAccount' >[ 'account' ];
type Values = Omit< Account, 'id' | 'name' | 'isDefault' | 'dailyLimit' >;

/** What is sent of an account: a new one that is the default, unless said otherwise. */
export const accountOf = ( values: Values, change: Partial< Account > = {} ): Account => ( {
	...{ id: null, name: 'Defaults', isDefault: true, dailyLimit: null },
	...{ ...values, ...change },
} );

export async function defaultAccount( site: SiteClient ) {
	const { accounts } = ( await site.call( 'readAccounts' ) ).body;
	return accounts.find( ( { isDefault } ) => isDefault );
}

/** Saves what the default account of a site is, which is made where there is none. */
export async function saveDefaults( site: SiteClient, values: Values ) {
	const id = ( await defaultAccount( site ) )?.id ?? null;
	return site.call( 'saveAccount', { body: { account: accountOf( values, { id } ) } } );
}
