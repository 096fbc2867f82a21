import { __, _n, sprintf } from '@wordpress/i18n';
import type { WaitingReason, Whose } from '@email-gateway/shared';
import { deliveryWords } from './causes.ts';
import { routeAccountTodo, wayWords } from './route-account.ts';

/** Who can fix it. What passes without anyone is not assigned. */
const turns: Record< Whose, () => string > = {
	login: () => __( 'The owner of the provider account can fix this.', 'email-gateway' ),
	account: () => __( 'The owner of the provider account can fix this.', 'email-gateway' ),
	sender: () => __( 'The owner of the sender’s address or domain can fix this.', 'email-gateway' ),
	server: () => __( 'The administrator of this server can fix this.', 'email-gateway' ),
	provider: () => __( 'Only the provider can fix this.', 'email-gateway' ),
	network: () => __( 'The administrator of this server’s network can fix this.', 'email-gateway' ),
	recipient: () => __( 'Only the recipient can fix this.', 'email-gateway' ),
	receiver: () => __( 'Only the receiving side can fix this.', 'email-gateway' ),
	content: () => __( 'The author of the message can fix this.', 'email-gateway' ),
};

/** Why messages wait: how many, for what, whose turn it is and what to do. The reply in it is the provider's: text, never markup. */
export function waitingWords( reason: WaitingReason ): string {
	// what this browser kept of a former version has no route
	const { cause, whose, passes, stands, reply, count, since, lastAt, route = null } = reason;
	const { happened, todo } = deliveryWords( cause, 'waiting' );
	const hours = Math.floor( ( lastAt - since ) / 3600 );
	const still =
		stands &&
		sprintf(
			/* translators: %d: number of hours, at least 6 */
			_n(
				'The answer has been the same for %d hour, so waiting alone does not help: send the reply to the provider’s support.',
				'The answer has been the same for %d hours, so waiting alone does not help: send the reply to the provider’s support.',
				hours,
				'email-gateway'
			),
			hours
		);
	return [
		sprintf(
			/* translators: 1: number of messages, 2: a sentence that says why */
			_n( '%1$d message waits: %2$s', '%1$d messages wait: %2$s', count, 'email-gateway' ),
			count,
			happened
		),
		route && wayWords( route ),
		whose && ! passes && turns[ whose ](),
		still || ( route && routeAccountTodo( cause, route.account ) ) || todo,
		reply &&
			( stands || cause === 'unknown' ) &&
			sprintf(
				/* translators: %s: the words of the provider or of Postfix */
				__( 'The reply: %s', 'email-gateway' ),
				reply
			),
	]
		.filter( Boolean )
		.join( ' ' );
}
