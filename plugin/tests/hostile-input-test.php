<?php
/**
 * Whatever is sent to our routes, and whatever a backend answers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Contract;
use Email_Gateway\Fixed_Defaults;
use Email_Gateway\Former_Pairing;
use Email_Gateway\Pairing;
use Email_Gateway\Wpcd_Records;
use Throwable;

/**
 * Asked the way a browser asks, by somebody who may do everything. Routes and arguments are those that the REST server
 * knows: a new one is tried without a word here. EMAIL_GATEWAY_TEST_SEED repeats what failed.
 */
class Hostile_Input_Test extends Wpcd_Test_Case {

	const ROOT    = '/email-gateway/v1';
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
	const ANSWERS = array(
		...array( '', 'null', '[]', '[{}]', '7', '"text"', '{', "{\"a\":\"\xff\"}", '<html>zq7x</html>', '{"\u0000a":1}', '{}', '{"0":1,"":2}' ),
		...array( '{"code":{},"message":{},"data":{}}', '{"code":[1],"message":[],"data":"x"}', '{"code":"!!","message":"m","data":7}', '{"code":9e99,"message":null}' ),
		...array( '{"code":"signature_too_old","message":"","data":{"now":1e308}}', '{"code":"signature_too_old","message":"","data":{"now":-9223372036854775808}}' ),
		...array( '{"code":"signature_too_old","message":"","data":{"now":"9e99"}}', '{"code":"signature_too_old","message":"","data":{"now":{}}}', '{"code":"x","message":{}}' ),
		...array( '{"keyId":{},"audience":[]}', '{"keyId":"a\r\nb","audience":"https://x.example"}', '{"defaults":"x"}', '{"defaults":[[[]]],"n":12345678901234567890123}' ),
	);

	/**
	 * Whom everything is sent to.
	 *
	 * @var Overheard_Rest_Server
	 */
	private $server;

	/**
	 * The usual value of each argument.
	 *
	 * @var array<string, string>
	 */
	private $usual;

	/**
	 * All that the backend may be asked for.
	 *
	 * @var string[]
	 */
	private $paths = array();

	/**
	 * Names of our options that were added, changed or deleted.
	 *
	 * @var string[]
	 */
	private $written = array();

	/**
	 * A site on which every route has something to do: paired, with a server, fixed defaults, and something to import.
	 */
	protected function setUp(): void {
		parent::setUp();
		array_map( 'putenv', array( 'EMAIL_GATEWAY_SMTP_SERVER=fixed.example', 'EMAIL_GATEWAY_SMTP_PORT=587' ) );
		$this->sign_in_as_who_sees_site_health();
		$saved       = array( 'smtp_server' => 'smtp.example', 'smtp_pass' => WPCD()->encrypt( 'secret' ) );
		$server_id   = $this->make_wpcd_server( get_current_user_id(), array( Wpcd_Records::META => $saved ) );
		$this->usual = array( 'serverId' => "{$server_id}", 'jobId' => Rest_Access_Test::JOB_ID, 'backendUrl' => 'https://other.example', 'code' => 'c' );
		update_option( 'wpcd_settings', array( 'wpcd_email_gateway_smtp_server' => 'smtp.example' ) + get_option( 'wpcd_settings' ) );
		$note = function ( string $name ) {
			// The digest of what the environment sets is not of whoever asks.
			if ( false !== strpos( $name, 'email_gateway' ) && false === strpos( $name, 'fixed_defaults' ) ) {
				$this->written[] = $name;
			}
		};
		add_action( 'added_option', $note );
		add_action( 'updated_option', $note );
		add_action( 'deleted_option', $note );
		$this->server = Overheard_Rest_Server::start();
		$this->paths[] = '/site/end-pairing';
		foreach ( Contract::routes() as $route ) {
			$this->paths[] = strtr( $route['path'], array( ':serverId' => $server_id, ':jobId' => Rest_Access_Test::JOB_ID ) );
		}
	}

	/**
	 * Takes back what is outside the database.
	 */
	protected function tearDown(): void {
		array_map( 'putenv', Fixed_Defaults::NAMES );
		Overheard_Rest_Server::stop();
		parent::tearDown();
	}

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
	 * Asks, and looks at all that comes out: the answer, its headers, what is kept, and what goes to whom.
	 *
	 * @param string $method  HTTP method.
	 * @param array  $request With path, and perhaps query, body, type and override.
	 * @param mixed  $value   What is hostile in it.
	 * @param string $about   For whoever reads of a failure.
	 */
	private function expect_ours( string $method, array $request, $value, string $about ): void {
		$kept          = get_option( Pairing::OPTION );
		$this->sent    = array();
		$this->written = array();
		try {
			$printed = $this->server->overhear( $method, $request );
			$used    = strtoupper( $request['query']['_method'] ?? $request['override'] ?? $method );
			if ( 'HEAD' !== $used || '' !== $printed ) {
				$answer = json_decode( $printed, true );
				$this->assertIsArray( $answer, $printed );
				$this->assertTrue( $this->server->status < 400 || ( is_string( $answer['code'] ) && '' !== $answer['code'] && is_string( $answer['message'] ) ), $printed );
				$this->assertTrue( $this->server->status < 500 || in_array( $answer['code'], array( 'backend_unreachable', 'backend_refused', 'signature_too_old' ), true ), $printed );
			}
			$this->assertGreaterThanOrEqual( 200, $this->server->status );
			$this->assertDoesNotMatchRegularExpression( '/zq7x|X-Injected|script|evil|[^\x20-\x7e]/i', implode( '', $this->server->headers ) );
			if ( 'DELETE' === $used && 200 === $this->server->status && self::ROOT . '/pairing' === rtrim( $request['path'], "\n" ) ) {
				$this->assertSame( array( Former_Pairing::OPTION, Pairing::OPTION ), array_values( array_unique( $this->written ) ), 'as it was asked' );
				update_option( Pairing::OPTION, $kept, false );
				delete_option( Former_Pairing::OPTION );
				$this->written = array();
			}
			$this->assertSame( array(), $this->written );
			foreach ( $this->sent as $sent ) {
				$this->expect_for_backend( $sent, $value );
			}
		} catch ( Throwable $problem ) {
			$this->fail( "{$problem}\n{$about}\n{$method} " . var_export( $request, true ) );
		}
	}

	/**
	 * A request goes to the paired backend, about the one server there is; or, unsigned, to where somebody wants to pair.
	 *
	 * @param array $sent  What was sent.
	 * @param mixed $value What was sent to us.
	 */
	private function expect_for_backend( array $sent, $value ): void {
		$this->assertMatchesRegularExpression( '/\A[\x20-\x7e]+\z/', $sent['url'] . implode( '', $sent['headers'] ) );
		$this->assertSame( 0, $sent['redirection'] );
		if ( 0 === strpos( $sent['url'], self::BACKEND . '/v1/' ) ) {
			$this->assertContains( substr( strtok( $sent['url'], '?' ), strlen( self::BACKEND . '/v1' ) ), $this->paths );
			return;
		}
		$this->assertArrayNotHasKey( 'Signature', $sent['headers'] );
		$typed = is_string( $value ) ? rtrim( trim( $value ), '/' ) : '';
		$this->assertContains( $sent['url'], array( "{$this->usual['backendUrl']}/v1/pair", "{$typed}/v1/pair" ) );
	}

	/**
	 * Method, route and names of the arguments of all that can be asked.
	 */
	private function routes(): array {
		$rows = array();
		// All but the index, which is WordPress's own.
		foreach ( array_slice( $this->server->get_routes( ltrim( self::ROOT, '/' ) ), 1 ) as $route => $handlers ) {
			foreach ( $handlers as $handler ) {
				foreach ( array_keys( $handler['methods'] ) as $method ) {
					$rows[] = array( $method, $route, array_keys( $handler['args'] ) );
				}
			}
		}
		return $rows;
	}

	/**
	 * A route's path.
	 *
	 * @param string $route  With expressions in it.
	 * @param array  $values In place of the usual ones.
	 */
	private function path( string $route, array $values = array() ): string {
		return preg_replace_callback(
			'/\(\?P<(\w+)>[^)]*\)/',
			function ( array $found ) use ( $values ) {
				return ( $values + $this->usual )[ $found[1] ] ?? 'x';
			},
			$route
		);
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
