import { mailSettingsView } from '../../views/mail-addresses.ts';
import type { Call } from '../call.ts';

/** How the mail log keeps addresses, and for how long messages. */
export const readMailSettings: Call< 'readMailSettings' > = ( app, _input, { site } ) =>
	mailSettingsView( app.db, site.id );
