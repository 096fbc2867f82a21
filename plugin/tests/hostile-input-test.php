<?php
/**
 * Anything at all, sent to every route.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * Whatever is sent to us is refused or passed on.
 */
class Hostile_Input_Test extends Hostile_Test_Case {

	const TEXTS   = array(
		...array( "\0", "\xff\xfe\xc0\xaf", "\r\nX-Injected: 1", "\n", '%0d%0aX-Injected:%201', "\u{2028}\u{202e}", '"\'`\\', '', ' ', '/', 'zq7x' ),
		...array( '<script>alert(1)</script>', '../../wp/v2/users', '..%2f..%2fetc', '?a=b#c', '$(id)', "' OR 1=1 --", 'O:8:"stdClass":0:{}', '%s%n', '__proto__' ),
		...array( 'https://evil.example/', 'https://evil.example\\@x', 'http://169.254.169.254', "https://evil.example/\r\nX-Injected: 1", 'https://[::1', '//x' ),
		...array( '00', '1e3', '0x10', '١', '-1', '1,1', '99999999999999999999', 'DELETE', 'POST', 'HEAD', 'CONNECT' ),
	);
	const OTHERS  = array(
		...array( 0, -1, 0.5, PHP_INT_MAX, 1e308, true, false, null, array(), array( array( array() ) ), array( '' => 1, 'zq7x' => null ) ),
		...array( array( '__proto__' => array( 'serverId' => 1 ) ), array( 'a', array( 'b' => "\r\n" ) ), array( 'password' => array( 'use' => 'zq7x' ) ) ),
	);
	const NAMES   = array( 'ids', 'serverId', 'jobId', 'defaults', 'settings', '_fields', '_embed', '_locale', '0', 'a[b][c]', 'zq7x' );

	/**
	 * It is refused or passed on to the backend, which is away; nothing falls over, and nothing is kept.
	 */
	public function test_whatever_is_sent_is_refused_or_passed_on() {
		$this->be_unreachable( 'Away.' );
		$seed = getenv( 'EMAIL_GATEWAY_TEST_SEED' );
		$seed = $seed ? (int) $seed : random_int( 1, 999999 );
		mt_srand( $seed );
		foreach ( $this->routes() as list( $method, $route, $names ) ) {
			$values = array( ...self::TEXTS, ...self::OTHERS, ...array_map( array( $this, 'made_up' ), range( 1, 8 ) ), ...array( str_repeat( 'zq7x', 20000 ) ) );
			foreach ( $values as $value ) {
				foreach ( $this->requests( $this->path( $route ), $names, $value ) as $request ) {
					$this->expect_ours( $method, $request, $value, "seed {$seed}" );
				}
				preg_match_all( '/\?P<(\w+)>/', $route, $in_path );
				foreach ( is_scalar( $value ) ? $in_path[1] : array() as $name ) {
					$this->expect_ours( $method, array( 'path' => $this->path( $route, array( $name => $value ) ) ), $value, "seed {$seed}" );
				}
			}
		}
	}

	/**
	 * A value in places of a request, by chance.
	 *
	 * @param string   $path  Of the route.
	 * @param string[] $names Of its arguments.
	 * @param mixed    $value Anything.
	 */
	private function requests( string $path, array $names, $value ): array {
		$text     = is_array( $value ) ? '[]' : (string) $value;
		$usual    = array( 'path' => $path, 'type' => 'application/json' );
		$requests = array(
			// JSON that is no object makes WordPress itself stumble where a route declares arguments.
			array( 'query' => array_fill_keys( self::NAMES, $value ), 'body' => wp_json_encode( $names ? array( $value ) : $value ) ) + $usual,
			array( 'query' => array( $text => 'x' ), 'body' => "{\"defaults\":{\"a\":\"{$text}\"}}" ) + $usual,
			array( 'body' => wp_json_encode( array_fill_keys( self::NAMES, $value ) ) ) + $usual,
			array( 'body' => '{}', 'override' => $text ) + $usual,
			array( 'query' => array( '_method' => $text ), 'body' => $text, 'type' => $text ) + $usual,
			array( 'path' => $path . $text ),
		);
		shuffle( $requests );
		// Three of them, and each argument by itself.
		$requests = array_slice( $requests, 3 );
		foreach ( $names as $name ) {
			$fields     = array( $name => $value ) + array_intersect_key( $this->usual, array_flip( $names ) );
			$requests[] = array( 'body' => wp_json_encode( $fields ) ) + $usual;
			$requests[] = array( 'body' => http_build_query( $fields ), 'type' => 'application/x-www-form-urlencoded' ) + $usual;
			$requests[] = array( 'query' => $fields ) + $usual;
		}
		return $requests;
	}

	/**
	 * Something of several pieces, some of them bytes, at times within arrays.
	 *
	 * @return string|array
	 */
	private function made_up() {
		$text = 'zq7x';
		for ( $pieces = mt_rand( 1, 6 ); $pieces > 0; $pieces-- ) {
			$text .= mt_rand( 0, 1 ) ? self::TEXTS[ mt_rand( 0, count( self::TEXTS ) - 1 ) ] : chr( mt_rand( 0, 255 ) );
		}
		return mt_rand( 0, 3 ) ? $text : array( $text => array( $text, array( 'zq7x' => $text ) ) );
	}
}
