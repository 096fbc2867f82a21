import { Notice } from '@wordpress/components';
import type { ServerView } from '@email-gateway/shared';
import { notProductionWords, sandboxLimit, sandboxWords } from '../words/sandbox.ts';

/** Above all else of a gateway: whether its mail reaches anybody, and where it perhaps should not. */
export function SandboxBanner( { gateway }: Pick< ServerView, 'gateway' > ) {
	const { sandbox, notProduction = [] } = gateway;
	if ( sandbox ) {
		return (
			<Notice status="warning" isDismissible={ false }>
				<strong>{ sandboxWords( sandbox ) }</strong> { sandboxLimit() }
			</Notice>
		);
	}
	return notProduction.length > 0 ? (
		<Notice status="info" isDismissible={ false }>
			{ notProductionWords( notProduction ) }
		</Notice>
	) : null;
}
