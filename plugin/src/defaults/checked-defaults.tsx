import { __, sprintf } from '@wordpress/i18n';
import { CheckOutcome } from '../gateway/check-outcome.tsx';
import { JobPanel } from '../jobs/job-panel.tsx';
import type { useCheck } from './use-check.ts';

interface CheckedDefaultsProps {
	checking: ReturnType< typeof useCheck >;
	onUsePort: ( port: number ) => void;
}

/** What was seen with the defaults, and from where. */
export function CheckedDefaults( { checking: { job, host }, onUsePort }: CheckedDefaultsProps ) {
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
