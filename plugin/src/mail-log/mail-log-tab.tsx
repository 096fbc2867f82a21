import { __ } from '@wordpress/i18n';
import { may, thisPage } from '../page.ts';
import { MailPlots } from '../plots/mail-plots.tsx';
import { AddressSetting } from './address-setting.tsx';
import { MailLog } from './mail-log.tsx';

/** So many servers one call may be about. */
const most = 100;

/** Mail Log of all servers. */
export function MailLogTab() {
	const { servers } = thisPage();
	if ( servers.length === 0 ) {
		return <p>{ __( 'There is no server yet.', 'email-gateway' ) }</p>;
	}
	const source = { servers: new Map( servers.map( ( { id, name } ) => [ id, name ] ) ) };
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
			{ may( 'manage_site' ) && <AddressSetting /> }
		</>
	);
}
