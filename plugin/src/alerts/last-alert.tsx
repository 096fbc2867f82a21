import { useEffect } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { AlertsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { relativeTime } from '../words/time.ts';

type Last = NonNullable< AlertsView[ 'webhook' ] >[ 'lastDelivery' ];

/** What became of the last alert, followed while it is on its way. */
export function LastAlert( { last, onAnswer }: { last: Last; onAnswer: ( view: AlertsView ) => void } ) {
	const isOnItsWay = last?.outcome === 'waiting' && last.answer === null;
	useEffect( () => {
		if ( ! isOnItsWay ) {
			return;
		}
		const stop = new AbortController();
		const timer = setInterval( () => {
			call( 'readAlerts', { signal: stop.signal } ).then( onAnswer, () => undefined );
		}, 1500 );
		return () => {
			clearInterval( timer );
			stop.abort();
		};
	}, [ isOnItsWay, onAnswer ] );
	return <p aria-live="polite">{ wordsOf( last ) }</p>;
}

function wordsOf( last: Last ): string {
	if ( last === null ) {
		return __( 'No alert has been sent yet.', 'email-gateway' );
	}
	const { outcome, isTest, answer } = last;
	const when = relativeTime( last.at );
	if ( outcome === 'delivered' ) {
		return sprintf(
			isTest
				? /* translators: %s: for example "2 minutes ago" */
				  __( 'The test alert was delivered, %s.', 'email-gateway' )
				: /* translators: %s: for example "2 minutes ago" */
				  __( 'The last alert was delivered, %s.', 'email-gateway' ),
			when
		);
	}
	if ( answer === null ) {
		return __( 'The alert is on its way…', 'email-gateway' );
	}
	return sprintf(
		outcome === 'waiting'
			? /* translators: 1: for example "HTTP 404", 2: for example "2 minutes ago" */
			  __(
					'The alert from %2$s could not be delivered (%1$s). It will be tried again. Check the Webhook URL.',
					'email-gateway'
			  )
			: /* translators: 1: for example "HTTP 404", 2: for example "2 minutes ago" */
			  __(
					'The alert from %2$s was not delivered (%1$s). Check the Webhook URL, then press Send a Test Alert.',
					'email-gateway'
			  ),
		answer,
		when
	);
}
