import { __, sprintf } from '@wordpress/i18n';
import { CheckOutcome } from '../gateway/check-outcome.tsx';
import { JobPanel } from '../jobs/job-panel.tsx';
import type { useCheck } from './use-check.ts';

interface CheckedAccountProps {
	checking: ReturnType< typeof useCheck >;
	onUsePort: ( port: number ) => void;
}

/** What was seen with an account, and from where. */
export function CheckedAccount( { checking: { job, host }, onUsePort }: CheckedAccountProps ) {
	if ( ! job ) {
		return null;
	}
	const result = job.watch.job?.result;
	return (
		<>
			<p className="email-gateway-quiet">
				{
					/* translators: %s: host of a server */
					sprintf( __( 'Checked from the server %s.', 'email-gateway' ), host )
				}
			</p>
			<JobPanel job={ job } />
			{ result?.verb === 'check_settings' && <CheckOutcome checked={ result } onUsePort={ onUsePort } /> }
		</>
	);
}
