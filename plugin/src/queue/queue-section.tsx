import { useState } from '@wordpress/element';
import { _x } from '@wordpress/i18n';
import { QueueView } from '../gateway/opened-later.ts';
import { isInstalled, type SectionProps } from '../gateway/section.ts';
import { Disclosure } from '../ui/disclosure.tsx';

/** What waits and what is held on one server. Asked for when it is opened. */
export function QueueSection( section: SectionProps ) {
	const [ wasOpened, setOpened ] = useState( false );
	if ( ! isInstalled( section.view ) ) {
		return null;
	}
	return (
		<Disclosure
			summary={ _x( 'Queue', 'of mail', 'email-gateway' ) }
			onToggle={ ( isOpen ) => isOpen && setOpened( true ) }
		>
			{ wasOpened && <QueueView { ...section } /> }
		</Disclosure>
	);
}
