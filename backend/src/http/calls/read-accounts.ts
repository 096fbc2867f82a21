import { accountsView } from '../../views/accounts.ts';
import type { Call } from '../call.ts';

export const readAccounts: Call< 'readAccounts' > = ( app, _input, caller ) => accountsView( app, caller );
