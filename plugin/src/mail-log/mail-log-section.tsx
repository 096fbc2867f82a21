import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { MailLog } from './mail-log.tsx';

/** Mail Log of one server. Asked for when it is opened. */
export function MailLogSection( { serverId }: { serverId: number } ) {
	const [ isOpen, setOpen ] = useState( false );
	return (
		<details
			className="email-gateway-disclosure email-gateway-mail-log"
			onToggle={ ( event ) => event.currentTarget.open && setOpen( true ) }
		>
			<summary>{ __( 'Mail Log', 'email-gateway' ) }</summary>
			{ isOpen && <MailLog source={ { serverId } } /> }
		</details>
	);
}
