import { accountsView } from '../../views/accounts.ts';
import type { Call } from '../call.ts';

export const readAccounts: Call< 'readAccounts' > = ( { db }, _input, caller ) => accountsView( db, caller );
