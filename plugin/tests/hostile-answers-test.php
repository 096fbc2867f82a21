<?php
/**
 * Anything at all, answered to every route.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fixed_Defaults;

/**
 * Whatever a backend answers is no more than a refusal.
 */
class Hostile_Answers_Test extends Hostile_Test_Case {

	const ANSWERS = array(
		...array( '', 'null', '[]', '[{}]', '7', '"text"', '{', "{\"a\":\"\xff\"}", '<html>zq7x</html>', '{"\u0000a":1}', '{}', '{"0":1,"":2}' ),
		...array( '{"code":{},"message":{},"data":{}}', '{"code":[1],"message":[],"data":"x"}', '{"code":"!!","message":"m","data":7}', '{"code":9e99,"message":null}' ),
		...array( '{"code":"signature_too_old","message":"","data":{"now":1e308}}', '{"code":"signature_too_old","message":"","data":{"now":-9223372036854775808}}' ),
		...array( '{"code":"signature_too_old","message":"","data":{"now":"9e99"}}', '{"code":"signature_too_old","message":"","data":{"now":{}}}', '{"code":"x","message":{}}' ),
		...array( '{"keyId":{},"audience":[]}', '{"keyId":"a\r\nb","audience":"https://x.example"}', '{"defaults":"x"}', '{"defaults":[[[]]],"n":12345678901234567890123}' ),
	);

	/**
	 * Another program at the backend's address, or one that means harm, gets no more than a refusal on the screen.
	 */
	public function test_whatever_a_backend_answers_nothing_falls_over() {
		add_filter(
			'pre_http_request',
			function () use ( &$answer ) {
				return $answer;
			},
			20
		);
		foreach ( $this->routes() as list( $method, $route, $names ) ) {
			$request = array( 'path' => $this->path( $route ), 'body' => wp_json_encode( array_fill_keys( $names, $this->usual['backendUrl'] ) + array( 'defaults' => array() ) ), 'type' => 'application/json' );
			foreach ( self::ANSWERS as $number => $body ) {
				foreach ( array( 200, 401, array( 0, 422, 503, 999 )[ ( $number + strlen( $route ) ) % 4 ] ) as $status ) {
					$headers = array( 'retry-after' => 422 === $status ? "zq7x\r\nX-Injected: 1" : array( '1', 'zq7x' ) );
					$answer  = array( 'response' => array( 'code' => $status, 'message' => '' ), 'body' => $body, 'headers' => $headers, 'cookies' => array() );
					$own     = 200 === $status && strlen( $body ) % 2 ? array( '_fields' => 'a', '_embed' => '1' ) : array();
					if ( 'POST' === $method && '/pairing' === substr( $route, -8 ) ) {
						// What is fixed is handed over to a backend that is paired with.
						delete_option( Fixed_Defaults::DIGEST_OPTION );
						delete_transient( Fixed_Defaults::TRIED );
					}
					$this->expect_ours( $method, $request + array( 'query' => array( 'ids' => $this->usual['serverId'] ) + $own ), $this->usual['backendUrl'], "{$status} {$body}" );
				}
			}
		}
	}
}
