import { useState } from '@wordpress/element';
import { _x } from '@wordpress/i18n';
import { BackupParts } from '../gateway/opened-later.ts';
import { isInstalled, type SectionProps } from '../gateway/section.ts';
import { may } from '../page.ts';
import { Disclosure } from '../ui/disclosure.tsx';

/** A second account for a server, for who may manage the accounts. Loaded when it is opened. */
export function BackupSection( section: SectionProps ) {
	const [ wasOpened, setOpened ] = useState( false );
	if ( ! isInstalled( section.view ) || ! may( 'manage_defaults' ) ) {
		return null;
	}
	return (
		<Disclosure
			summary={ _x( 'Backup Account', 'heading', 'email-gateway' ) }
			onToggle={ ( isOpen ) => isOpen && setOpened( true ) }
		>
			{ wasOpened && <BackupParts { ...section } /> }
		</Disclosure>
	);
}
