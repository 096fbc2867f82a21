import { useState } from '@wordpress/element';
import { _x } from '@wordpress/i18n';
import { SitesView } from '../gateway/opened-later.ts';
import { isInstalled, type SectionProps } from '../gateway/section.ts';
import { Disclosure } from '../ui/disclosure.tsx';

/** The sites of one server. Asked for when it is opened. */
export function SitesSection( section: SectionProps ) {
	const [ wasOpened, setOpened ] = useState( false );
	if ( ! isInstalled( section.view ) ) {
		return null;
	}
	return (
		<Disclosure
			summary={ _x( 'Sites on This Server', 'heading', 'email-gateway' ) }
			onToggle={ ( isOpen ) => isOpen && setOpened( true ) }
		>
			{ wasOpened && <SitesView { ...section } /> }
		</Disclosure>
	);
}
