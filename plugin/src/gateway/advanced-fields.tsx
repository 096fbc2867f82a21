import { __, _x } from '@wordpress/i18n';
import { fieldOf, type SettingsFieldsProps } from '../settings-form/fields.tsx';
import { Row } from '../ui/card.tsx';
import { AreaField, TextField } from '../ui/fields.tsx';
import { Fold } from '../ui/fold.tsx';

/** What most servers need not say. */
export function AdvancedFields( props: SettingsFieldsProps ) {
	const { serverHostname, rootMail, caCertificate } = props.problems;
	const used = Boolean( props.values.serverHostname || props.values.rootMail || props.values.caCertificate );
	const refused = Boolean( serverHostname || rootMail || caCertificate );
	return (
		<Fold summary={ _x( 'Advanced', 'heading', 'email-gateway' ) } isNeeded={ used || refused }>
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
						'Who gets the mail of cron and other programs. Leave blank to use the administrator’s address of this WordPress.',
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
		</Fold>
	);
}
