<?php
/**
 * The backend's clock, where ours differs from it.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * A signature holds for a minute. Where only the clocks differ we sign by the backend's, within bounds.
 */
class Backend_Clock {

	/**
	 * Seconds by which we sign otherwise than our own clock says. Whoever answers in the backend's place could have us
	 * sign for any time: what is signed for next year works next year.
	 */
	const MOST_OFFSET = 600;
	const OPTION      = 'email_gateway_clock_offset_seconds';

	/**
	 * The time to sign for, seconds since the epoch. An offset that is too great was stored before it was bounded.
	 */
	public static function now(): int {
		$offset = (int) get_option( self::OPTION, 0 );
		return time() + ( abs( $offset ) > self::MOST_OFFSET ? 0 : $offset );
	}

	/**
	 * Signs by the backend's clock from now on.
	 *
	 * @param int $now Of the backend, seconds since the epoch.
	 * @return bool False where it is too far from ours: people have to set a clock right.
	 */
	public static function follow( int $now ): bool {
		$offset = $now - time();
		if ( abs( $offset ) > self::MOST_OFFSET ) {
			return false;
		}
		update_option( self::OPTION, $offset, false );
		return true;
	}

	/**
	 * The backend's clock where it refused a signature as too old, seconds since the epoch.
	 *
	 * @param array|\WP_Error $answer Of Backend_Http.
	 */
	public static function told_by( $answer ): ?int {
		if ( is_wp_error( $answer ) || 401 !== $answer['status'] || 'signature_too_old' !== ( $answer['body']->code ?? '' ) ) {
			return null;
		}
		$now = $answer['body']->data->now ?? null;
		return is_int( $now ) && $now > 0 ? $now : null;
	}
}
