import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { MailLog } from '../gateway/opened-later.ts';
import { Disclosure } from '../ui/disclosure.tsx';

/** Mail Log of one server. Asked for when it is opened. */
export function MailLogSection( { serverId }: { serverId: number } ) {
	const [ wasOpened, setOpened ] = useState( false );
	return (
		<Disclosure
			summary={ __( 'Mail Log', 'email-gateway' ) }
			onToggle={ ( isOpen ) => isOpen && setOpened( true ) }
		>
			{ wasOpened && <MailLog source={ { serverId } } /> }
		</Disclosure>
	);
}
