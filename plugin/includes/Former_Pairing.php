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
	 * The option that holds it.
	 *
	 * @var string
	 */
	private $option;

	/**
	 * Keeps where it is.
	 *
	 * @param string $option The option that holds it.
	 */
	public function __construct( string $option = self::OPTION ) {
		$this->option = $option;
	}

	/**
	 * What is to be kept of a pairing of the present site. Asked as this site: a copy of it ends nothing of the original.
	 *
	 * @param Pairing $pairing The pairing.
	 * @return array|null Null where there is none that can be used.
	 */
	public static function left_of( Pairing $pairing ): ?array {
		return $pairing->is_usable()
			? array( 'forgotten_at' => time(), 'asked_as' => Pairing::site_url() ) + get_option( Pairing::OPTION )
			: null;
	}

	/**
	 * Keeps it.
	 *
	 * @param array $left Of left_of().
	 */
	public function keep( array $left ): void {
		update_option( $this->option, $left, false );
	}

	/**
	 * Forgets the pairing, and has the backend end it.
	 *
	 * @param Pairing $pairing The present one.
	 */
	public function forget( Pairing $pairing ): void {
		$left = self::left_of( $pairing );
		if ( null !== $left ) {
			$this->keep( $left );
		}
		$pairing->forget();
		$this->end();
	}

	/**
	 * Action of the hourly event.
	 */
	public function end(): void {
		if ( $this->is_ended( Backend_Client::TIMEOUT_SECONDS ) ) {
			wp_clear_scheduled_hook( self::EVENT );
		} elseif ( ! wp_next_scheduled( self::EVENT ) ) {
			wp_schedule_event( time() + HOUR_IN_SECONDS, 'hourly', self::EVENT );
		}
	}

	/**
	 * Asks the backend to end it, and destroys the key once that is done or a week has gone.
	 *
	 * @param float $seconds How long it may take.
	 * @return bool False where the backend is to be asked again.
	 */
	public function is_ended( float $seconds ): bool {
		$former = new Pairing( $this->option );
		$left   = (array) get_option( $this->option );
		if ( $former->is_usable() && time() - ( $left['forgotten_at'] ?? 0 ) <= self::TRIED_SECONDS ) {
			$request = array( 'method' => 'POST', 'path' => '/site/end-pairing', 'query' => '', 'body' => '{}' );
			$actor   = Actor::current_user( array( 'manage_site' ) )->from( $left['asked_as'] ?? Pairing::site_url() );
			if ( Backend_Client::is_worth_another_try( ( new Backend_Client( $former ) )->ask( $request, $actor, $seconds ) ) ) {
				return false;
			}
		}
		delete_option( $this->option );
		return true;
	}
}
