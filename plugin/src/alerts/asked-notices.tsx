import { Notice } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { Sending } from '../api/use-request.ts';
import { CopyLine } from '../ui/copy-line.tsx';
import { ProblemNotice } from '../ui/failure-notice.tsx';

interface AskedNoticesProps {
	done: string | null;
	/** A signing secret that was made just now. */
	secret: string | null;
	problem: Sending[ 'problem' ];
}

/** How the last request about channels ended. A field that was refused says so itself. */
export function AskedNotices( { done, secret, problem }: AskedNoticesProps ) {
	return (
		<>
			{ done && (
				<Notice status="success" isDismissible={ false }>
					{ done }
				</Notice>
			) }
			{ secret && <SigningSecret secret={ secret } /> }
			{ problem && problem.fields.length === 0 && <ProblemNotice problem={ problem } /> }
		</>
	);
}

function SigningSecret( { secret }: { secret: string } ) {
	const words = __(
		'Copy this signing secret now; it is not shown again. With it, your receiver can check that an alert comes from here.',
		'email-gateway'
	);
	return (
		// A screen reader says the words. Without them given, it would read out the secret, too.
		<Notice status="info" isDismissible={ false } spokenMessage={ words }>
			<p>{ words }</p>
			<CopyLine label={ __( 'Signing secret', 'email-gateway' ) } line={ secret } rows={ 1 } />
		</Notice>
	);
}
