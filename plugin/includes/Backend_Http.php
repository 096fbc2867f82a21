<?php
/**
 * HTTP to a backend. Nothing else in the plugin does HTTP.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_Error;

/**
 * Sends one request, bounded in time and size, and takes for an answer only what a backend says.
 */
class Backend_Http {

	const CONNECT_TIMEOUT_MS = 3000;
	const MAX_ANSWER_BYTES   = 4 * MB_IN_BYTES;

	/**
	 * Whether the request that WordPress makes just now is ours.
	 *
	 * @var bool
	 */
	private static $is_sending = false;

	/**
	 * Action http_api_curl: WordPress has no setting for the time that connecting may take.
	 *
	 * @param resource|\CurlHandle $handle Of the request being made, ours or not.
	 */
	public static function limit_connecting( $handle ): void {
		if ( self::$is_sending ) {
			curl_setopt( $handle, CURLOPT_CONNECTTIMEOUT_MS, self::CONNECT_TIMEOUT_MS ); // phpcs:ignore WordPress.WP.AlternativeFunctions -- WordPress has no limit for connecting alone.
		}
	}

	/**
	 * Sends a request.
	 *
	 * @param string $method          HTTP method.
	 * @param string $url             Whole address.
	 * @param string $body            Byte for byte; empty for none.
	 * @param array  $headers         Besides Accept and Content-Type.
	 * @param float  $timeout_seconds In all.
	 * @return array|WP_Error As Backend_Client says.
	 */
	public static function send( string $method, string $url, string $body, array $headers, float $timeout_seconds ) {
		$headers['Accept'] = 'application/json';
		if ( '' !== $body ) {
			$headers['Content-Type'] = 'application/json';
		}
		self::$is_sending = true;
		$response         = wp_remote_request(
			$url,
			array(
				'method'              => $method,
				'headers'             => $headers,
				'body'                => '' === $body ? null : $body,
				'timeout'             => $timeout_seconds,
				// A redirect would carry the signature and a password to where nobody was paired with.
				'redirection'         => 0,
				'limit_response_size' => self::MAX_ANSWER_BYTES,
			) + self::trust()
		);
		self::$is_sending = false;
		return is_wp_error( $response ) ? Backend_Problem::unreachable( $response->get_error_message() ) : self::read( $response );
	}

	/**
	 * Whom a certificate has to be of: a certificate authority of one's own, where wp-config.php names its file.
	 */
	private static function trust(): array {
		return defined( 'EMAIL_GATEWAY_CA_FILE' ) ? array( 'sslcertificates' => EMAIL_GATEWAY_CA_FILE ) : array();
	}

	/**
	 * Reads what came back. A backend speaks JSON; a page in another form comes from a proxy or a stranger.
	 *
	 * @param array $response Of wp_remote_request.
	 * @return array|WP_Error
	 */
	private static function read( array $response ) {
		$status = (int) wp_remote_retrieve_response_code( $response );
		$body   = json_decode( wp_remote_retrieve_body( $response ) );
		if ( self::is_of_a_backend( $status, $body ) ) {
			$retry_after = wp_remote_retrieve_header( $response, 'retry-after' );
			return array(
				'status'      => $status,
				'body'        => $body,
				'retry_after' => is_string( $retry_after ) && ctype_digit( $retry_after ) ? $retry_after : '',
			);
		}
		return in_array( $status, array( 502, 503, 504 ), true )
			? Backend_Problem::unreachable( "HTTP {$status}" )
			: Backend_Problem::refused( 'answer_not_understood' );
	}

	/**
	 * Whether an answer is one of a backend: an object, and where it refuses, with a code and a sentence.
	 *
	 * @param int   $status HTTP status.
	 * @param mixed $body   Decoded.
	 */
	private static function is_of_a_backend( int $status, $body ): bool {
		if ( ! is_object( $body ) ) {
			return false;
		}
		$code = $body->code ?? null;
		return ( $status >= 200 && $status < 300 )
			|| ( $status >= 400 && $status < 600 && is_string( $code ) && preg_match( '/\A[a-z0-9_]+\z/', $code ) && is_string( $body->message ?? null ) );
	}
}
