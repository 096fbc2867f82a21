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
	/** Undefined for the defaults, which belong to no server. */
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

const sources: Record< FoundSettings[ 'source' ], () => string > = {
	dns: () => __( 'from its DNS', 'email-gateway' ),
	mail_domain: () => __( 'from the mail domain itself', 'email-gateway' ),
	directory: () => __( 'from Thunderbird’s directory', 'email-gateway' ),
};

function Found( { found }: { found: FoundSettings | null } ) {
	const words = found
		? sprintf(
				/* translators: 1: host and port, 2: who told it */
				__( 'Filled in: %1$s (%2$s). Type the password, then press Check Settings.', 'email-gateway' ),
				`${ found.smtpServer }:${ found.smtpPort }`,
				sources[ found.source ]()
		  )
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
