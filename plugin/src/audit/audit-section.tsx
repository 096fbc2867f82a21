import { useState } from '@wordpress/element';
import { _x } from '@wordpress/i18n';
import { AuditLog } from '../gateway/opened-later.ts';
import { Disclosure } from '../ui/disclosure.tsx';

/** Activity, for those who may see it. Asked for when it is opened. */
export function AuditSection( { serverId }: { serverId: number } ) {
	const [ isOpen, setOpen ] = useState( false );
	return (
		<Disclosure summary={ _x( 'Activity', 'heading', 'email-gateway' ) } onToggle={ setOpen }>
			{ isOpen && <AuditLog serverId={ serverId } /> }
		</Disclosure>
	);
}
