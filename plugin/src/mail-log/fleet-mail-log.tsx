import { __ } from '@wordpress/i18n';
import { may, thisPage } from '../page.ts';
import { MailPlots } from '../plots/mail-plots.tsx';
import { MailLog } from './mail-log.tsx';
import { MailSettings } from './mail-settings.tsx';
import type { Source } from './source.ts';

/** So many servers one call may be about. */
const most = 100;

/** Mail Log of all servers that this person may see it of. */
export function FleetMailLog( { source }: { source: Source } ) {
	const { servers } = thisPage();
	if ( servers.length === 0 ) {
		return <p>{ __( 'There is no server yet.', 'email-gateway' ) }</p>;
	}
	return (
		<>
			{ servers.length === most && (
				<p>
					{ __(
						'This is the mail of the newest hundred servers; the screen of each other server has its own Mail Log.',
						'email-gateway'
					) }
				</p>
			) }
			<MailPlots source={ source } isOpen />
			<MailLog source={ source } />
			{ may( 'manage_site' ) && <MailSettings /> }
		</>
	);
}
