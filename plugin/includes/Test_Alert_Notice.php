<?php
/**
 * A test alert, at the top of wp-admin.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * What the channel of notices does with a test alert: for ten minutes every page says that it arrived, to everybody who sees
 * alerts, until that person dismisses it.
 */
class Test_Alert_Notice {

	const ACTION      = 'email_gateway_test_alert_seen';
	const SEEN        = 'email_gateway_test_alert_seen';
	const SHOWN_FOR_S = 10 * MINUTE_IN_SECONDS;

	/**
	 * When a test alert was last sent to notices, in seconds since the epoch; 0 where none was.
	 *
	 * @param array $channels As the contract's alertsView has them.
	 */
	public static function sent_at( array $channels ): int {
		$times = array( 0 );
		foreach ( $channels as $channel ) {
			$last = $channel->lastDelivery ?? null;
			if ( 'notice' === ( $channel->kind ?? '' ) && ! empty( $last->isTest ) ) {
				$times[] = (int) strtotime( (string) ( $last->at ?? '' ) );
			}
		}
		return max( $times );
	}

	/**
	 * Draws it where it was sent a short time ago and this person has not dismissed it.
	 *
	 * @param int $sent_at Seconds since the epoch; 0 for none.
	 */
	public static function show( int $sent_at ): void {
		$age = time() - $sent_at;
		if ( $age > self::SHOWN_FOR_S || $age < - self::SHOWN_FOR_S || $sent_at <= (int) get_user_option( self::SEEN ) ) {
			return;
		}
		printf(
			'<div class="notice notice-info is-dismissible" id="email-gateway-test-alert"><p>%s</p></div>',
			esc_html__( 'This is a test alert of Email Gateway. Alerts will be shown here, to everybody who may manage its settings. This one goes by itself within ten minutes.', 'email-gateway' )
		);
		$asked = array( 'action' => self::ACTION, '_ajax_nonce' => wp_create_nonce( self::ACTION ), 'at' => $sent_at );
		wp_print_inline_script_tag(
			sprintf(
				"document.addEventListener( 'click', ( { target } ) => target.closest( '#email-gateway-test-alert .notice-dismiss' ) && fetch( ajaxurl, { method: 'POST', body: new URLSearchParams( %s ) } ) );",
				(string) wp_json_encode( $asked, JSON_HEX_TAG )
			)
		);
	}

	/**
	 * Action wp_ajax_ACTION: this person has seen the test alert of that time.
	 */
	public static function dismiss(): void {
		check_ajax_referer( self::ACTION );
		update_user_option( get_current_user_id(), self::SEEN, isset( $_POST['at'] ) ? min( time(), absint( $_POST['at'] ) ) : 0 );
		wp_send_json_success();
	}
}
