import { addressView } from '../../views/mail-addresses.ts';
import type { Call } from '../call.ts';

/** What is kept of one address. */
export const readAddress: Call< 'readAddress' > = ( app, asked, { site } ) => addressView( app, site.id, asked );
