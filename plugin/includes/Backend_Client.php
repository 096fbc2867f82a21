<?php
/**
 * Talks to the backend.
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

	const TIMEOUT_SECONDS = 10;
	/** Where somebody waits who asked for something else, and cron asks again. */
	const SHORT_SECONDS = 2;

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing $pairing The pairing.
	 */
	public function __construct( Pairing $pairing ) {
		$this->pairing = $pairing;
	}

	/**
	 * Asks the paired backend.
	 *
	 * @param array{method: string, path: string, query: string, body: string} $request Path below /v1 with a slash in
	 *        front; query without question mark; the body byte for byte. With `connection`, where whoever keeps the
	 *        servers tells it, as the contract's suppliedConnection.
	 * @param Actor                                                            $actor   Who asks.
	 * @param float                                                            $seconds How long it may take.
	 * @return array|WP_Error As said above.
	 */
	public function ask( array $request, Actor $actor, float $seconds = self::TIMEOUT_SECONDS ) {
		$credentials = $this->pairing->credentials();
		if ( null === $credentials ) {
			return Backend_Problem::not_paired( $this->pairing->view()['paired'] );
		}
		$deadline = microtime( true ) + $seconds;
		$answer   = $this->send_signed( $request, $actor, $credentials, $deadline );
		$now      = Backend_Clock::told_by( $answer );
		if ( null !== $now ) {
			if ( ! Backend_Clock::follow( $now ) ) {
				return Backend_Problem::clocks_differ( $now - time() );
			}
			// Only the clocks differ: we ask once more.
			$answer = $this->send_signed( $request, $actor, $credentials, $deadline );
		}
		$next = self::is_unknown( $answer ) ? $this->pairing->next_key()->credentials() : null;
		if ( null !== $next ) {
			// The backend has taken the next key, and its answer was lost.
			$answer = $this->send_signed( $request, $actor, $next, $deadline );
			if ( ! is_wp_error( $answer ) && 401 !== $answer['status'] ) {
				$this->pairing->next_key()->take();
			}
		}
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		if ( 401 === $answer['status'] ) {
			return Backend_Problem::refused( (string) ( $answer['body']->code ?? 'unauthorized' ) );
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
		return Backend_Http::send( 'POST', $backend_url . '/v1/pair', $json, array(), (float) self::TIMEOUT_SECONDS );
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
				'created' => Backend_Clock::now(),
				'nonce'   => Signature::nonce(),
			)
		);
		$left = max( 1.0, $deadline - microtime( true ) );
		return Backend_Http::send( $request['method'], $credentials['backend_url'] . $target, $request['body'], $headers, $left );
	}

	/**
	 * Whether the backend does not know the key that signed.
	 *
	 * @param array|WP_Error $answer Of send().
	 */
	private static function is_unknown( $answer ): bool {
		return ! is_wp_error( $answer ) && 401 === $answer['status'] && 'site_unknown' === ( $answer['body']->code ?? '' );
	}
}
