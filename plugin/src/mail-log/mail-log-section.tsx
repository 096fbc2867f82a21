import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Disclosure } from '../ui/disclosure.tsx';
import { MailLog } from './mail-log.tsx';

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
