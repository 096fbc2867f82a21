import { Notice } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { ServerView } from '@email-gateway/shared';
import { may } from '../page.ts';
import { fullTime } from '../words/time.ts';

/** A server that changed hands, until its present owner has installed something. */
export function HandedOver( { view }: { view: Pick< ServerView, 'handedOver' > } ) {
	return view.handedOver ? (
		<Notice status="info" isDismissible={ false }>
			{ wordsOf( view.handedOver ) }
		</Notice>
	) : null;
}

function wordsOf( { at, gatewayStays }: NonNullable< ServerView[ 'handedOver' ] > ): string {
	return [
		may( 'manage_site' )
			? sprintf(
					/* translators: %s: date and time */
					__(
						'The server changed hands: %s. The saved password of the former owner was deleted and their waiting jobs were cancelled; the new owner sees nothing of before.',
						'email-gateway'
					),
					fullTime( at )
			  )
			: /* translators: %s: date and time */
			  sprintf( __( 'This server has been yours since %s.', 'email-gateway' ), fullTime( at ) ),
		...( gatewayStays
			? [
					__(
						'Its gateway still delivers mail with the credentials of the former owner, which are not shown to the new one. To replace them, remove the gateway, then install it again.',
						'email-gateway'
					),
			  ]
			: [] ),
	].join( ' ' );
}
