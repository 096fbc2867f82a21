import { __, _x } from '@wordpress/i18n';
import type { AlertTrouble } from '@email-gateway/shared';
import type { Tone } from './states.ts';

/** What is wrong, in a few words. */
export const troubleWords: Record< AlertTrouble, () => string > = {
	waiting: () => __( 'Mail is waiting', 'email-gateway' ),
	refused: () => __( 'The provider refuses mail', 'email-gateway' ),
	changed: () => __( 'Changed by hand', 'email-gateway' ),
	stopped: () => _x( 'Stopped', 'state of a gateway', 'email-gateway' ),
	replaced: () => __( 'Another mail system has taken over', 'email-gateway' ),
	unreachable: () => __( 'Cannot be reached', 'email-gateway' ),
	unfinished: () => __( 'A change did not finish', 'email-gateway' ),
	not_checked: () => __( 'Not checked', 'email-gateway' ),
	certificate: () => __( 'The certificate of the provider expires within 14 days', 'email-gateway' ),
	certificate_soon: () => __( 'The certificate of the provider expires within 3 days', 'email-gateway' ),
	many_refused: () => __( 'Much mail of a site is refused', 'email-gateway' ),
	unusually_many: () => __( 'A site sends far more than usual', 'email-gateway' ),
	fell_silent: () => __( 'A site that sends every day has stopped', 'email-gateway' ),
	disk_low: () => __( 'The disk is nearly full', 'email-gateway' ),
	clock_wrong: () => __( 'The clock is wrong', 'email-gateway' ),
	over_cap: () => __( 'A site is over its cap', 'email-gateway' ),
	on_backup: () => __( 'Sending by the backup account', 'email-gateway' ),
	account_limit: () => __( 'An account has used 80% of what it may send today', 'email-gateway' ),
	account_limit_soon: () => __( 'An account has used 95% of what it may send today', 'email-gateway' ),
	channel_failed: () => __( 'Alerts do not arrive', 'email-gateway' ),
};

/** An alert that is open at a server whose own state is another. */
export const alertPill = ( trouble: AlertTrouble ): { word: string; tone: Tone } => ( {
	word: troubleWords[ trouble ](),
	tone: 'waiting',
} );
