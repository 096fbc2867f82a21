<?php
/**
 * Which address a backend may have.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_Error;

/**
 * A backend is asked over https; without encryption only on this machine, where nobody listens in between.
 */
class Backend_Address {

	/**
	 * An address as it is kept and asked.
	 *
	 * @param string $typed What a person typed.
	 * @return string|WP_Error Without a slash at the end; backend_address_refused with the reason not_an_address,
	 *         not_plain (user name, query or fragment in it) or not_https.
	 */
	public static function parse( string $typed ) {
		$address = rtrim( trim( $typed ), '/' );
		$parts   = wp_parse_url( $address );
		if ( ! is_array( $parts ) || empty( $parts['scheme'] ) || empty( $parts['host'] ) || preg_match( '/[^\x21-\x7e]/', $address ) ) {
			return self::refused( 'not_an_address', __( 'That is not an address of a backend.', 'email-gateway' ) );
		}
		if ( array_intersect_key( $parts, array_flip( array( 'user', 'pass', 'query', 'fragment' ) ) ) ) {
			return self::refused( 'not_plain', __( 'The address must hold no user name, query or fragment.', 'email-gateway' ) );
		}
		$scheme = strtolower( $parts['scheme'] );
		if ( 'https' === $scheme || ( 'http' === $scheme && self::is_this_machine( $parts['host'] ) ) ) {
			return $address;
		}
		return self::refused( 'not_https', __( 'The address must begin with https, except on this machine itself.', 'email-gateway' ) );
	}

	/**
	 * Whether two addresses are one: scheme and host in whatever letters, the usual port written or not.
	 *
	 * @param string $one   As parse() gives it.
	 * @param string $other As parse() gives it.
	 */
	public static function is_same( string $one, string $other ): bool {
		return self::spelled_out( $one ) === self::spelled_out( $other );
	}

	/**
	 * An address in one spelling.
	 *
	 * @param string $address As parse() gives it.
	 */
	private static function spelled_out( string $address ): array {
		$parts  = wp_parse_url( $address );
		$scheme = strtolower( $parts['scheme'] );
		return array( $scheme, strtolower( $parts['host'] ), $parts['port'] ?? ( 'https' === $scheme ? 443 : 80 ), $parts['path'] ?? '' );
	}

	/**
	 * Whether a host is the loopback of this machine.
	 *
	 * @param string $host A name, an IPv4 address, or an IPv6 address in brackets.
	 */
	private static function is_this_machine( string $host ): bool {
		$host = strtolower( trim( $host, '[]' ) );
		if ( 'localhost' === $host ) {
			return true;
		}
		$bytes = filter_var( $host, FILTER_VALIDATE_IP ) ? inet_pton( $host ) : '';
		return ( 4 === strlen( $bytes ) && "\x7f" === $bytes[0] ) || inet_pton( '::1' ) === $bytes;
	}

	/**
	 * The refusal.
	 *
	 * @param string $reason  For programs.
	 * @param string $message For people.
	 */
	private static function refused( string $reason, string $message ): WP_Error {
		return new WP_Error( 'backend_address_refused', $message, array( 'status' => 422, 'reason' => $reason ) );
	}
}
