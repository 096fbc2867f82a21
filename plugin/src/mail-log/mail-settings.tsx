import { useCallback, useState } from '@wordpress/element';
import { Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { call } from '../api/call.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';
import { MailSettingsForm } from './mail-settings-form.tsx';

/** What of messages is kept, and for how long. Asked for when it is opened. */
export function MailSettings() {
	const [ isOpen, setOpen ] = useState( false );
	return (
		<Disclosure
			summary={ __( 'What the Mail Log Keeps', 'email-gateway' ) }
			onToggle={ ( opened ) => opened && setOpen( true ) }
		>
			{ isOpen && <Asked /> }
		</Disclosure>
	);
}

function Asked() {
	const ask = useCallback( ( signal: AbortSignal ) => call( 'readMailSettings', { signal } ), [] );
	const { answer, problem, set, retry } = useAnswer( ask );
	if ( problem ) {
		return <ProblemNotice problem={ problem } onRetry={ retry } />;
	}
	return answer ? <MailSettingsForm saved={ answer } onSaved={ set } /> : <Spinner />;
}
