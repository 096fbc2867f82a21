import { Notice } from '@wordpress/components';
import type { JobResult } from '@email-gateway/shared';
import { CheckOutcome, PlannedChanges } from './opened-later.ts';
import { installSentences } from './outcome-words.ts';

/** How a job of the form ended well. */
export function InstallOutcome( {
	result,
	onUsePort = () => {},
}: {
	result: JobResult;
	onUsePort?: ( port: number ) => void;
} ) {
	if ( result.verb === 'preview_changes' ) {
		return <PlannedChanges plan={ result.plan } />;
	}
	if ( result.verb === 'check_settings' ) {
		return <CheckOutcome checked={ result } onUsePort={ onUsePort } />;
	}
	if ( result.verb !== 'install_gateway' ) {
		return null;
	}
	return (
		<Notice status="success" isDismissible={ false }>
			{ installSentences( result ).join( ' ' ) }
		</Notice>
	);
}
