import { Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { JobView } from '@email-gateway/shared';

/** Says before an install what will happen to the mail system that is there. */
export function MailSystemFound( { job }: { job: JobView | null } ) {
	const result = job?.result;
	if ( result?.verb !== 'check_connection' || ! result.mailSystem ) {
		return null;
	}
	return (
		<Notice status="info" isDismissible={ false }>
			{ sprintf(
				/* translators: %s: name of a mail system, e.g. exim4 */
				__(
					'Mail system on this server: %s. Installing the gateway replaces it and keeps a copy of its setup; Remove restores it.',
					'email-gateway'
				),
				result.mailSystem
			) }
		</Notice>
	);
}
