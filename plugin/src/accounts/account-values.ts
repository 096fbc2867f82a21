import type { AccountView, RequestOf } from '@email-gateway/shared';
import { _x } from '@wordpress/i18n';
import { accountInput, settingsValues, type SettingsValues } from '../settings-form/values.ts';
import { withFixed } from './fixed.ts';

/** What is typed of an account besides its settings. */
export interface AccountValues extends SettingsValues {
	name: string;
	isDefault: boolean;
	/** Empty: not known. */
	dailyLimit: string;
}

/** The first account of a site is what new servers are offered. */
export function accountValues( account: AccountView | null, isFirst: boolean ): AccountValues {
	const isDefault = account?.isDefault ?? isFirst;
	const settings = settingsValues( account );
	return {
		...( isDefault ? withFixed( settings ) : settings ),
		name: account?.name ?? ( isFirst ? _x( 'Defaults', 'account', 'email-gateway' ) : '' ),
		isDefault,
		dailyLimit: String( account?.dailyLimit ?? '' ),
	};
}

/** What is sent; the backend checks it. */
export const accountBody = ( id: string | null, values: AccountValues ): RequestOf< 'saveAccount' > => ( {
	account: {
		...{ id, name: values.name, isDefault: values.isDefault },
		dailyLimit: values.dailyLimit.trim() === '' ? null : Number( values.dailyLimit ),
		...accountInput( values ),
	},
} );
