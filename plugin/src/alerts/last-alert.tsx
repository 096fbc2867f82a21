import { useEffect } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { AlertsView } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { relativeTime } from '../words/time.ts';
import { webhookAnswerWords } from '../words/webhook-answer.ts';

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
	return (
		<p aria-live="polite" className={ last ? tones[ isOnItsWay ? 'quiet' : last.outcome ] : tones.quiet }>
			{ wordsOf( last ) }
		</p>
	);
}

const tones = {
	quiet: 'email-gateway-quiet',
	delivered: 'email-gateway-good',
	waiting: 'email-gateway-bad',
	failed: 'email-gateway-bad',
};

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
				  __( 'The test alert was delivered %s.', 'email-gateway' )
				: /* translators: %s: for example "2 minutes ago" */
				  __( 'The last alert was delivered %s.', 'email-gateway' ),
			when
		);
	}
	if ( answer === null ) {
		return isTest
			? __( 'The test alert is on its way…', 'email-gateway' )
			: __( 'An alert is on its way…', 'email-gateway' );
	}
	return `${ notDelivered( isTest, when ) } ${ webhookAnswerWords( answer ) } ${ whatToDo( outcome ) }`;
}

function notDelivered( isTest: boolean, when: string ): string {
	return sprintf(
		isTest
			? /* translators: %s: for example "2 minutes ago"; a sentence that says why follows */
			  __( 'The test alert was not delivered (%s).', 'email-gateway' )
			: /* translators: %s: for example "2 minutes ago"; a sentence that says why follows */
			  __( 'The last alert was not delivered (%s).', 'email-gateway' ),
		when
	);
}

const whatToDo = ( outcome: NonNullable< Last >[ 'outcome' ] ) =>
	outcome === 'waiting'
		? __( 'The alert is tried again within the next hours. Check the Webhook URL.', 'email-gateway' )
		: __( 'Check the Webhook URL, then press Send a Test Alert.', 'email-gateway' );
