import { __ } from '@wordpress/i18n';
import type { ErrorCode, JobError } from '@email-gateway/shared';
import { ActionButton } from '../ui/action-button.tsx';
import { consentFor, type Consent } from './consent.ts';
import { InstallAnyway } from './install-anyway.tsx';
import { openPortOf } from './remedy.ts';
import { UsePort } from './use-port.tsx';

type Field = 'password' | 'smtpServer' | 'smtpPort';

/** The field that a refusal is about. */
const fields: Partial< Record< ErrorCode, Field > > = {
	provider_login_refused: 'password',
	provider_name_not_found: 'smtpServer',
	provider_certificate_refused: 'smtpServer',
	provider_tls_failed: 'smtpPort',
	provider_port_closed: 'smtpPort',
	provider_port_blocked: 'smtpPort',
};

const words: Record< Field, () => string > = {
	password: () => __( 'Type a New Password', 'email-gateway' ),
	smtpServer: () => __( 'Change SMTP Server', 'email-gateway' ),
	smtpPort: () => __( 'Change SMTP Port', 'email-gateway' ),
};

interface FailedInstallProps {
	error: JobError | null | undefined;
	disabled: boolean;
	onField: ( field: Field ) => void;
	onUsePort: ( port: number ) => void;
	/** Shows what would be replaced. */
	onPreview: ( consent: Consent ) => void;
	onRetry: () => void;
	onOverrule: ( consent: Consent ) => void;
}

/** What can be done where an install stopped: first what helps, last what overrules it. */
export function FailedInstall( { error, disabled, ...on }: FailedInstallProps ) {
	if ( ! error ) {
		return null;
	}
	const field = fields[ error.code ];
	const port = openPortOf( error );
	const consent = consentFor( error.code );
	return (
		<>
			{ port !== null ? (
				<UsePort port={ port } onClick={ on.onUsePort } />
			) : (
				field && (
					<ActionButton evenAway onClick={ () => on.onField( field ) }>
						{ words[ field ]() }
					</ActionButton>
				)
			) }
			{ error.code === 'provider_unavailable' && (
				<ActionButton disabled={ disabled } onClick={ on.onRetry }>
					{ __( 'Try Again', 'email-gateway' ) }
				</ActionButton>
			) }
			{ consent && error.code === 'foreign_postfix' && (
				<ActionButton disabled={ disabled } onClick={ () => on.onPreview( consent ) }>
					{ __( 'Preview Changes', 'email-gateway' ) }
				</ActionButton>
			) }
			{ consent && (
				<InstallAnyway
					key={ consent }
					consent={ consent }
					disabled={ disabled }
					onConfirm={ () => on.onOverrule( consent ) }
				/>
			) }
		</>
	);
}
