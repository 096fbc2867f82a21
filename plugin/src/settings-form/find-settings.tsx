import { useState } from '@wordpress/element';
import { Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { FoundSettings } from '@email-gateway/shared';
import { fieldSentencesOf } from '../api/field-problems.ts';
import { JobPanel } from '../jobs/job-panel.tsx';
import { ActionButton } from '../ui/action-button.tsx';
import { Disclosure } from '../ui/disclosure.tsx';
import { TextField } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { useFind } from './use-find.ts';

interface FindSettingsProps {
	/** Undefined for an account, which belongs to no server. */
	serverId?: number | undefined;
	/** Nothing is typed yet: this may be where to begin. */
	isStart: boolean;
	onFound: ( told: { found: FoundSettings; domain: string } ) => void;
}

/** For a provider that we do not know: its domain may tell its server. */
export function FindSettings( { serverId, isStart, onFound }: FindSettingsProps ) {
	const [ open ] = useState( isStart );
	const [ address, setAddress ] = useState( '' );
	const domain = address.slice( address.lastIndexOf( '@' ) + 1 ).trim();
	const { find, told, job, problem, busy } = useFind( {
		serverId,
		onFound: ( found ) => onFound( { found, domain } ),
	} );
	const problems = fieldSentencesOf( problem, '' );
	return (
		<Disclosure
			summary={ __( 'Not in the list? Find the settings by a mail address', 'email-gateway' ) }
			isOpen={ open }
		>
			<div className="email-gateway-find">
				<div className="email-gateway-find-line">
					<TextField
						label={ __( 'Mail Address', 'email-gateway' ) }
						name="address"
						type="email"
						value={ address }
						onChange={ setAddress }
						problem={ problems.address }
						help={ __(
							'An address at your provider. Its domain often publishes the mail server.',
							'email-gateway'
						) }
					/>
					<ActionButton
						busy={ busy }
						disabled={ address.trim() === '' }
						onClick={ () => void find( address ) }
					>
						{ __( 'Find Settings', 'email-gateway' ) }
					</ActionButton>
				</div>
				{ problem && ! problems.address && <ProblemNotice problem={ problem } /> }
				{ job && <JobPanel job={ job } /> }
				{ told !== undefined && <Found found={ told } /> }
			</div>
		</Disclosure>
	);
}

const sources: Record< FoundSettings[ 'source' ], ( found: string ) => string > = {
	dns: ( found ) =>
		sprintf(
			/* translators: %s: host and port */
			__(
				'Filled in %s, as the DNS of this domain says. Type the password, then press Check Settings.',
				'email-gateway'
			),
			found
		),
	mail_domain: ( found ) =>
		sprintf(
			/* translators: %s: host and port */
			__(
				'Filled in %s, as the domain itself says. Type the password, then press Check Settings.',
				'email-gateway'
			),
			found
		),
	directory: ( found ) =>
		sprintf(
			/* translators: %s: host and port */
			__(
				'Filled in %s, as Thunderbird’s directory says. Type the password, then press Check Settings.',
				'email-gateway'
			),
			found
		),
};

function Found( { found }: { found: FoundSettings | null } ) {
	const words = found
		? sources[ found.source ]( `${ found.smtpServer }:${ found.smtpPort }` )
		: __(
				'This domain publishes no mail settings. Open your provider’s help page: its settings can be pasted into SMTP Server.',
				'email-gateway'
		  );
	return (
		<Notice status={ found ? 'success' : 'info' } isDismissible={ false }>
			{ words }
		</Notice>
	);
}
