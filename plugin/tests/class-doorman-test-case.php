<?php
/**
 * A test in which pre_http_request plays the backend.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Contract;
use Email_Gateway\Pairing;
use Email_Gateway\Rest_Routes;
use Email_Gateway\Servers\Own_Servers;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * The site is paired; what it sends is kept in $sent, and answered with what answer_with() was told.
 */
abstract class Doorman_Test_Case extends WordPress_Test_Case {

	const BACKEND  = 'https://backend.example.com/base';
	const AUDIENCE = 'https://audience.example.com';

	/**
	 * Requests that reached the backend: method, url, headers, body.
	 *
	 * @var array[]
	 */
	protected $sent = array();

	/**
	 * Answers still to give; the last one is given again and again.
	 *
	 * @var array
	 */
	private $answers = array();

	/**
	 * The site's keys, raw.
	 *
	 * @var array{public: string, secret: string}
	 */
	protected $keys;

	/**
	 * Pairs the site.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->sent    = array();
		$this->answers = array();
		$this->keys    = Pairing::make_keys();
		( new Pairing() )->keep( self::BACKEND, $this->keys, array( 'key_id' => 'key-1', 'audience' => self::AUDIENCE ) );
		$this->answer_with( 200, '{"served":true}' );
		add_filter(
			'pre_http_request',
			function ( $preempt, array $args, string $url ) {
				$this->sent[] = array( 'url' => $url ) + $args;
				return count( $this->answers ) > 1 ? array_shift( $this->answers ) : $this->answers[0];
			},
			10,
			3
		);
		$GLOBALS['wp_rest_server'] = null;
	}

	/**
	 * Sets the one answer of the backend.
	 *
	 * @param int    $status  HTTP status.
	 * @param string $body    As it comes over the wire.
	 * @param array  $headers Values by their names in small letters.
	 */
	protected function answer_with( int $status, string $body, array $headers = array() ): void {
		$this->answers = array( array( 'headers' => $headers ) + self::response( $status, $body ) );
	}

	/**
	 * Sets the answers of the backend, one after the other.
	 *
	 * @param array[] $answers Each a status and a body.
	 */
	protected function answer_in_turn( array $answers ): void {
		$this->answers = array_map(
			static function ( array $answer ) {
				return self::response( ...$answer );
			},
			$answers
		);
	}

	/**
	 * Makes the backend unreachable.
	 *
	 * @param string $message What the HTTP client says.
	 */
	protected function be_unreachable( string $message ): void {
		$this->answers = array( new WP_Error( 'http_request_failed', $message ) );
	}

	/**
	 * What a browser would send to our REST namespace.
	 *
	 * @param string $method HTTP method.
	 * @param string $path   Below the namespace.
	 * @param array  $more   With `body` (text) and `query` (array).
	 */
	protected function call( string $method, string $path, array $more = array() ): WP_REST_Response {
		$request = new WP_REST_Request( $method, '/email-gateway/v1' . $path );
		$needed = $this->needed( $method, $path );
		$request->set_query_params( ( $more['query'] ?? array() ) + ( 'GET' === $method ? $needed : array() ) );
		if ( isset( $more['body'] ) ) {
			$request->set_header( 'Content-Type', 'application/json' );
			$request->set_body( '{}' === $more['body'] && $needed ? wp_json_encode( $needed ) : $more['body'] );
		}
		return rest_do_request( $request );
	}

	/**
	 * What a route needs, as little as WordPress lets through: for tests that are about something else, and send `{}`.
	 *
	 * @param string $method HTTP method.
	 * @param string $path   Below the namespace.
	 */
	private function needed( string $method, string $path ): array {
		$least = array( 'string' => 'x', 'integer' => 1, 'boolean' => true, 'array' => array(), 'object' => array( 'a' => 1 ) );
		foreach ( Contract::routes() as $name => $route ) {
			if ( $method === $route['method'] && preg_match( '~^' . Rest_Routes::pattern( $route['path'] ) . '$~', $path ) ) {
				$needed = array_filter( Contract::args()[ $name ], static fn ( array $arg ): bool => ! empty( $arg['required'] ) );
				return array_map( static fn ( array $arg ) => $arg['enum'][0] ?? $least[ ( (array) ( $arg['type'] ?? 'object' ) )[0] ], $needed );
			}
		}
		return array();
	}

	/**
	 * Puts a fresh part in the place of the plugin's own, wherever that is hooked up: some remember what happened within
	 * the last minute.
	 *
	 * @param object $fresh Of the same class.
	 */
	protected function hook_up( object $fresh ): void {
		$found = array();
		foreach ( $GLOBALS['wp_filter'] as $name => $hook ) {
			foreach ( $hook->callbacks as $priority => $callbacks ) {
				foreach ( $callbacks as $callback ) {
					if ( is_array( $callback['function'] ) && is_object( $callback['function'][0] ) && get_class( $callback['function'][0] ) === get_class( $fresh ) ) {
						$found[] = array( $name, $callback['function'], $priority, $callback['accepted_args'] );
					}
				}
			}
		}
		$this->assertNotSame( array(), $found );
		foreach ( $found as list( $name, $callback, $priority, $count ) ) {
			remove_filter( $name, $callback, $priority );
			add_filter( $name, array( $fresh, $callback[1] ), $priority, $count );
		}
	}

	/**
	 * A server.
	 *
	 * @param int    $owner_id Its author.
	 * @param string $status   Of the post.
	 */
	protected function make_server( int $owner_id, string $status = 'publish' ): int {
		$post = array(
			'post_type'   => Own_Servers::POST_TYPE,
			'post_title'  => 'web1',
			'post_author' => $owner_id,
			'post_status' => $status,
		);
		return wp_insert_post( $post, true );
	}

	/**
	 * The actor of the last request that reached the backend.
	 */
	protected function actor(): array {
		$header = end( $this->sent )['headers']['Email-Gateway-Actor'];
		return json_decode( base64_decode( strtr( $header, '-_', '+/' ) ), true );
	}

	/**
	 * An answer as WordPress gets it.
	 *
	 * @param int    $status HTTP status.
	 * @param string $body   As it comes over the wire.
	 */
	private static function response( int $status, string $body ): array {
		return array(
			'response' => array( 'code' => $status, 'message' => '' ),
			'headers'  => array(),
			'body'     => $body,
			'cookies'  => array(),
		);
	}
}
