<?php
/**
 * Talks to the backend. Nothing else in the plugin does HTTP.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_Error;

/**
 * Signed requests to the paired backend, and the one unsigned request that pairs.
 *
 * An answer is `array{status: int, body: mixed, retry_after: string}`: the backend's own status and decoded body, which
 * may be a refusal. A WP_Error (not_paired 409, backend_unreachable 503, backend_refused 502) means that there is no
 * answer a browser could use.
 */
class Backend_Client {

	const CONNECT_TIMEOUT_MS = 3000;
	const TIMEOUT_SECONDS    = 10;
	const MAX_ANSWER_BYTES   = 4 * MB_IN_BYTES;
	/**
	 * Seconds by which we sign otherwise than our own clock says. Whoever answers in the backend's place could have us
	 * sign for any time: what is signed for next year works next year.
	 */
	const MOST_OFFSET        = 600;
	const OFFSET_OPTION      = 'email_gateway_clock_offset_seconds';

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Whether the request that WordPress makes just now is ours.
	 *
	 * @var bool
	 */
	private $is_sending = false;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing $pairing The pairing.
	 */
	public function __construct( Pairing $pairing ) {
		$this->pairing = $pairing;
	}

	/**
	 * Asks the paired backend. Takes 10 seconds at most.
	 *
	 * @param array{method: string, path: string, query: string, body: string} $request Path below /v1 with a slash in
	 *        front; query without question mark; the body byte for byte. With `connection`, where whoever keeps the
	 *        servers tells it, as the contract's suppliedConnection.
	 * @param Actor                                                            $actor   Who asks.
	 * @return array|WP_Error As said above.
	 */
	public function ask( array $request, Actor $actor ) {
		$credentials = $this->pairing->credentials();
		if ( null === $credentials ) {
			return $this->not_paired();
		}
		$deadline = microtime( true ) + self::TIMEOUT_SECONDS;
		$answer   = $this->send_signed( $request, $actor, $credentials, $deadline );
		$now      = $this->clock_of_backend( $answer );
		if ( null !== $now ) {
			$offset = $now - time();
			if ( abs( $offset ) > self::MOST_OFFSET ) {
				return $this->clocks_differ( $offset );
			}
			// Only the clocks differ: we sign by the backend's clock from now on, and ask once more.
			update_option( self::OFFSET_OPTION, $offset, false );
			$answer = $this->send_signed( $request, $actor, $credentials, $deadline );
		}
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		if ( 401 === $answer['status'] ) {
			return $this->refused( (string) ( $answer['body']->code ?? 'unauthorized' ) );
		}
		if ( $answer['status'] < 300 ) {
			$this->pairing->confirm_site_url();
		}
		return $answer;
	}

	/**
	 * Whether what was asked may succeed later as it is: nothing answered, or nothing that decides it.
	 *
	 * @param array|WP_Error $answer Of ask().
	 */
	public static function is_worth_another_try( $answer ): bool {
		if ( ! is_wp_error( $answer ) ) {
			return 429 === $answer['status'] || $answer['status'] >= 500;
		}
		$reason = $answer->get_error_data()['reason'] ?? '';
		return ! in_array( $answer->get_error_code(), array( 'not_paired', 'backend_refused' ), true ) || 'answer_not_understood' === $reason;
	}

	/**
	 * Registers this site's public key with a backend.
	 *
	 * @param string $backend_url As Backend_Address gives it.
	 * @param array  $body        As the contract's pairSite asks for.
	 * @return array|WP_Error As said above.
	 */
	public function pair( string $backend_url, array $body ) {
		$json = wp_json_encode( $body, JSON_UNESCAPED_SLASHES );
		return $this->send( 'POST', $backend_url . '/v1/pair', $json, array(), (float) self::TIMEOUT_SECONDS );
	}

	/**
	 * Action http_api_curl: WordPress has no setting for the time that connecting may take.
	 *
	 * @param resource|\CurlHandle $handle Of the request being made, ours or not.
	 */
	public function limit_connecting( $handle ): void {
		if ( $this->is_sending ) {
			curl_setopt( $handle, CURLOPT_CONNECTTIMEOUT_MS, self::CONNECT_TIMEOUT_MS ); // phpcs:ignore WordPress.WP.AlternativeFunctions
		}
	}

	/**
	 * Signs a request and sends it.
	 *
	 * @param array $request     As for ask().
	 * @param Actor $actor       Who asks.
	 * @param array $credentials Of the pairing.
	 * @param float $deadline    When to give up, seconds since the epoch.
	 * @return array|WP_Error
	 */
	private function send_signed( array $request, Actor $actor, array $credentials, float $deadline ) {
		$target  = '/v1' . $request['path'] . ( '' === $request['query'] ? '' : '?' . $request['query'] );
		$headers = Signature::headers(
			array(
				'method'     => $request['method'],
				'target_uri' => $credentials['audience'] . $target,
				'body'       => $request['body'],
				'actor'      => $actor->header(),
				'connection' => isset( $request['connection'] )
					? Signature::base64url( wp_json_encode( $request['connection'], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES ) )
					: null,
			),
			$credentials,
			array(
				'created' => time() + self::offset(),
				'nonce'   => Signature::nonce(),
			)
		);
		$left = max( 1.0, $deadline - microtime( true ) );
		return $this->send( $request['method'], $credentials['backend_url'] . $target, $request['body'], $headers, $left );
	}

	/**
	 * Sends a request.
	 *
	 * @param string $method          HTTP method.
	 * @param string $url             Whole address.
	 * @param string $body            Byte for byte; empty for none.
	 * @param array  $headers         Besides Accept and Content-Type.
	 * @param float  $timeout_seconds In all.
	 * @return array|WP_Error
	 */
	private function send( string $method, string $url, string $body, array $headers, float $timeout_seconds ) {
		$headers['Accept'] = 'application/json';
		if ( '' !== $body ) {
			$headers['Content-Type'] = 'application/json';
		}
		$this->is_sending = true;
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
			)
		);
		$this->is_sending = false;
		return is_wp_error( $response ) ? $this->unreachable( $response->get_error_message() ) : $this->read( $response );
	}

	/**
	 * Reads what came back. A backend speaks JSON; a page in another form comes from a proxy or a stranger.
	 *
	 * @param array $response Of wp_remote_request.
	 * @return array|WP_Error
	 */
	private function read( array $response ) {
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
			? $this->unreachable( "HTTP {$status}" )
			: $this->refused( 'answer_not_understood' );
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

	/**
	 * The backend's clock where it refused a signature as too old, seconds since the epoch.
	 *
	 * @param array|WP_Error $answer Of send().
	 */
	private function clock_of_backend( $answer ): ?int {
		if ( is_wp_error( $answer ) || 401 !== $answer['status'] || 'signature_too_old' !== ( $answer['body']->code ?? '' ) ) {
			return null;
		}
		$now = $answer['body']->data->now ?? null;
		return is_int( $now ) && $now > 0 ? $now : null;
	}

	/**
	 * By how many seconds we sign otherwise than our own clock says. One that is too great was stored before it was bounded.
	 */
	private static function offset(): int {
		$offset = (int) get_option( self::OFFSET_OPTION, 0 );
		return abs( $offset ) > self::MOST_OFFSET ? 0 : $offset;
	}

	/**
	 * People have to set a clock right.
	 *
	 * @param int $offset Seconds by which the backend's clock is ahead of ours.
	 */
	private function clocks_differ( int $offset ): WP_Error {
		return new WP_Error(
			'signature_too_old',
			__( 'The clocks of this site and of the backend differ too much.', 'email-gateway' ),
			array( 'status' => 502, 'reason' => sprintf( '%d seconds', $offset ) )
		);
	}

	/**
	 * There is no pairing, or none that can be used.
	 */
	private function not_paired(): WP_Error {
		$paired  = $this->pairing->view()['paired'];
		$message = $paired
			? __( 'The key of this site cannot be opened: the salts in wp-config.php were changed. Pair again.', 'email-gateway' )
			: __( 'This site is not paired with a backend.', 'email-gateway' );
		return new WP_Error( 'not_paired', $message, array( 'status' => 409, 'reason' => $paired ? 'key_not_readable' : 'never_paired' ) );
	}

	/**
	 * Nothing answered.
	 *
	 * @param string $reason What WordPress or a proxy said. It names addresses: for those who know them anyway.
	 */
	private function unreachable( string $reason ): WP_Error {
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
	private function refused( string $reason ): WP_Error {
		return new WP_Error(
			'backend_refused',
			__( 'The backend does not accept requests of this site.', 'email-gateway' ),
			array( 'status' => 502, 'reason' => $reason )
		);
	}
}
