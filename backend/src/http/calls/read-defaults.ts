import { defaultsView } from '../../views/defaults.ts';
import type { Call } from '../call.ts';

export const readDefaults: Call< 'readDefaults' > = ( { db }, _input, caller ) => defaultsView( db, caller );
