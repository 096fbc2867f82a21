import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { OwnAlerts } from '../gateway/opened-later.ts';
import { isInstalled, type SectionProps } from '../gateway/section.ts';
import { may, thisPage } from '../page.ts';
import { Disclosure } from '../ui/disclosure.tsx';

/** For the owner of this server. Who manages the site has the alerts of all servers in its settings. */
export function OwnAlertsSection( { view }: Pick< SectionProps, 'view' > ) {
	const [ wasOpened, setOpened ] = useState( false );
	if ( ! thisPage().ownsServer || may( 'manage_site' ) || ! isInstalled( view ) ) {
		return null;
	}
	return (
		<Disclosure
			summary={ __( 'Tell Me When Something Is Wrong', 'email-gateway' ) }
			onToggle={ ( isOpen ) => isOpen && setOpened( true ) }
		>
			{ wasOpened && <OwnAlerts serverId={ view.serverId } /> }
		</Disclosure>
	);
}
