<?php
/**
 * Why there is no answer of the backend that a browser could use.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_Error;

/**
 * The errors of Backend_Client: not_paired 409, backend_unreachable 503, backend_refused and signature_too_old 502.
 */
class Backend_Problem {

	/**
	 * There is no pairing, or none that can be used.
	 *
	 * @param bool $is_paired Whether there is one.
	 */
	public static function not_paired( bool $is_paired ): WP_Error {
		$message = $is_paired
			? __( 'The key of this site cannot be opened: the salts in wp-config.php were changed. Pair again.', 'email-gateway' )
			: __( 'This site is not paired with a backend.', 'email-gateway' );
		return new WP_Error( 'not_paired', $message, array( 'status' => 409, 'reason' => $is_paired ? 'key_not_readable' : 'never_paired' ) );
	}

	/**
	 * Nothing answered.
	 *
	 * @param string $reason What WordPress or a proxy said. It names addresses: for those who know them anyway.
	 */
	public static function unreachable( string $reason ): WP_Error {
		$data = array( 'status' => 503 );
		if ( current_user_can( 'email_gateway_manage_site' ) || ( defined( 'WP_CLI' ) && WP_CLI ) ) {
			$data['reason'] = $reason;
		}
		return new WP_Error( 'backend_unreachable', __( 'The backend does not answer.', 'email-gateway' ), $data );
	}

	/**
	 * The backend does not accept this site. Never a 401: to a browser that would mean that its own session has ended.
	 *
	 * @param string $reason The backend's code, or answer_not_understood.
	 */
	public static function refused( string $reason ): WP_Error {
		return new WP_Error(
			'backend_refused',
			__( 'The backend does not accept requests of this site.', 'email-gateway' ),
			array( 'status' => 502, 'reason' => $reason )
		);
	}

	/**
	 * People have to set a clock right.
	 *
	 * @param int $offset Seconds by which the backend's clock is ahead of ours.
	 */
	public static function clocks_differ( int $offset ): WP_Error {
		return new WP_Error(
			'signature_too_old',
			__( 'The clocks of this site and of the backend differ too much.', 'email-gateway' ),
			array( 'status' => 502, 'reason' => sprintf( '%d seconds', $offset ) )
		);
	}
}
