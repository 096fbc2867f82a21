import { useEffect, useState } from '@wordpress/element';
import { __, _x } from '@wordpress/i18n';
import { fieldOf, type SettingsFieldsProps } from '../settings-form/fields.tsx';
import { Row } from '../ui/card.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { AreaField, TextField } from '../ui/fields.tsx';

/** What most servers need not say. */
export function AdvancedFields( props: SettingsFieldsProps ) {
	const { serverHostname, rootMail, caCertificate } = props.problems;
	const used = Boolean( props.values.serverHostname || props.values.rootMail || props.values.caCertificate );
	const refused = Boolean( serverHostname || rootMail || caCertificate );
	const [ open, setOpen ] = useState( used );
	// Opened for what there is to see, and closed by the person alone: never while it is typed in.
	useEffect( () => setOpen( ( before ) => before || used || refused ), [ used, refused ] );
	return (
		<Disclosure summary={ _x( 'Advanced', 'heading', 'email-gateway' ) } isOpen={ open } onToggle={ setOpen }>
			<Row>
				<TextField
					label={ __( 'Server Hostname (FQDN)', 'email-gateway' ) }
					{ ...fieldOf( props, 'serverHostname' ) }
					help={ __( 'Leave blank to use the server’s own host name.', 'email-gateway' ) }
				/>
				<TextField
					label={ __( 'Mail for root', 'email-gateway' ) }
					{ ...fieldOf( props, 'rootMail' ) }
					help={ __(
						'Who gets mail of cron and other programs. Empty: the administrator’s address of this WordPress.',
						'email-gateway'
					) }
				/>
			</Row>
			<AreaField
				label={ __( 'CA Certificate', 'email-gateway' ) }
				{ ...fieldOf( props, 'caCertificate' ) }
				placeholder="-----BEGIN CERTIFICATE-----"
				help={ __( 'Only for a provider that runs a private certificate authority.', 'email-gateway' ) }
			/>
		</Disclosure>
	);
}
