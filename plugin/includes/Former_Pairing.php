<?php
/**
 * What is left of a pairing that was forgotten here, until the backend has ended it.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * The key of a site means root on its servers: forgetting it here must end it at the backend. Where the backend does not
 * answer, the sealed key is kept aside for this alone, and the backend is asked again every hour, for a week.
 */
class Former_Pairing {

	const OPTION        = 'email_gateway_former_pairing';
	const EVENT         = 'email_gateway_end_former_pairing';
	const TRIED_SECONDS = WEEK_IN_SECONDS;

	/**
	 * Forgets the pairing, and has the backend end it.
	 *
	 * @param Pairing $pairing The present one.
	 */
	public function forget( Pairing $pairing ): void {
		if ( $pairing->is_usable() ) {
			update_option( self::OPTION, array( 'forgotten_at' => time() ) + get_option( Pairing::OPTION ), false );
		}
		$pairing->forget();
		$this->end();
	}

	/**
	 * Action of the hourly event: asks the backend to end it, and destroys the key once that is done or a week has gone.
	 */
	public function end(): void {
		$former = new Pairing( self::OPTION );
		if ( $former->is_usable() && ! $this->is_too_old() ) {
			$request = array( 'method' => 'POST', 'path' => '/site/end-pairing', 'query' => '', 'body' => '{}' );
			$answer  = ( new Backend_Client( $former ) )->ask( $request, Actor::current_user( array( 'manage_site' ) ) );
			if ( Backend_Client::is_worth_another_try( $answer ) ) {
				if ( ! wp_next_scheduled( self::EVENT ) ) {
					wp_schedule_event( time() + HOUR_IN_SECONDS, 'hourly', self::EVENT );
				}
				return;
			}
		}
		delete_option( self::OPTION );
		wp_clear_scheduled_hook( self::EVENT );
	}

	/**
	 * Whether the backend was asked for a week.
	 */
	private function is_too_old(): bool {
		return time() - ( get_option( self::OPTION )['forgotten_at'] ?? 0 ) > self::TRIED_SECONDS;
	}
}
