import { useEffect } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ChannelView } from '@email-gateway/shared';
import { relativeTime } from '../words/time.ts';
import { channelAnswerWords } from '../words/channel-answer.ts';
import type { ChannelCalls, WithChannels } from './channel-calls.ts';

/** What became of the last alert, followed while it is on its way; and when one last arrived. */
export function ChannelState< View extends WithChannels >( {
	channel,
	calls,
	onAnswer,
}: {
	channel: ChannelView;
	calls: ChannelCalls< View >;
	onAnswer: ( view: View ) => void;
} ) {
	const { lastDelivery: last, lastDeliveredAt } = channel;
	const isOnItsWay = last?.outcome === 'waiting' && last.answer === null;
	useEffect( () => {
		if ( ! isOnItsWay ) {
			return;
		}
		const stop = new AbortController();
		const timer = setInterval( () => {
			calls.read( stop.signal ).then( onAnswer, () => undefined );
		}, 1500 );
		return () => {
			clearInterval( timer );
			stop.abort();
		};
	}, [ isOnItsWay, calls, onAnswer ] );
	const isDelivered = last === null || last.outcome === 'delivered';
	return (
		<div aria-live="polite">
			<div className={ tones[ last === null || isOnItsWay ? 'quiet' : last.outcome ] }>
				{ wordsOf( channel ) }
			</div>
			{ ! isDelivered && lastDeliveredAt && (
				<div className="email-gateway-quiet">
					{
						/* translators: %s: for example "2 minutes ago" */
						sprintf(
							__( 'The last one that arrived was sent %s.', 'email-gateway' ),
							relativeTime( lastDeliveredAt )
						)
					}
				</div>
			) }
		</div>
	);
}

const tones = {
	quiet: 'email-gateway-quiet',
	delivered: 'email-gateway-good',
	waiting: 'email-gateway-bad',
	failed: 'email-gateway-bad',
};

function wordsOf( { kind, lastDelivery: last, lastDeliveredAt, lastFailedAt }: ChannelView ): string {
	if ( kind === 'notice' ) {
		return last?.isTest
			? /* translators: %s: for example "2 minutes ago" */
			  sprintf(
					__(
						'The test alert was sent %s. It is at the top of the next page of wp-admin that you open.',
						'email-gateway'
					),
					relativeTime( last.at )
			  )
			: __( 'Shown in wp-admin while something is wrong.', 'email-gateway' );
	}
	if ( kind === 'heartbeat' ) {
		return heartbeatWords( lastDeliveredAt, lastFailedAt );
	}
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
	return `${ notDelivered( isTest, when ) } ${ channelAnswerWords( answer ) } ${ whatToDo( outcome ) }`;
}

function heartbeatWords( deliveredAt: string | null, failedAt: string | null ): string {
	if ( failedAt && failedAt > ( deliveredAt ?? '' ) ) {
		return sprintf(
			/* translators: %s: for example "2 minutes ago" */
			__( 'The last call did not arrive (%s). Check the address.', 'email-gateway' ),
			relativeTime( failedAt )
		);
	}
	return deliveredAt
		? sprintf(
				/* translators: %s: for example "2 minutes ago" */
				__( 'Last called %s.', 'email-gateway' ),
				relativeTime( deliveredAt )
		  )
		: __( 'Not called yet.', 'email-gateway' );
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

const whatToDo = ( outcome: 'waiting' | 'failed' | 'delivered' ) =>
	outcome === 'waiting'
		? __( 'The alert is tried again within the next hours. Check the values of this channel.', 'email-gateway' )
		: __( 'Press Edit to correct this channel, then press Send a Test Alert.', 'email-gateway' );
