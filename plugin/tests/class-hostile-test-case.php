<?php
/**
 * A test with hostile input.
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
 * A site on which every route has something to do, and a look at all that comes out of it.
 */
abstract class Hostile_Test_Case extends Wpcd_Test_Case {

	const ROOT    = '/email-gateway/v1';

	/**
	 * Whom everything is sent to.
	 *
	 * @var Overheard_Rest_Server
	 */
	protected $server;

	/**
	 * The usual value of each argument.
	 *
	 * @var array<string, string>
	 */
	protected $usual;

	/**
	 * All that the backend may be asked for.
	 *
	 * @var string[]
	 */
	protected $paths = array();

	/**
	 * Names of our options that were added, changed or deleted.
	 *
	 * @var string[]
	 */
	protected $written = array();

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
		$this->paths[] = '/fleet';
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
	 * Asks, and looks at all that comes out: the answer, its headers, what is kept, and what goes to whom.
	 *
	 * @param string $method  HTTP method.
	 * @param array  $request With path, and perhaps query, body, type and override.
	 * @param mixed  $value   What is hostile in it.
	 * @param string $about   For whoever reads of a failure.
	 */
	protected function expect_ours( string $method, array $request, $value, string $about ): void {
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
	protected function expect_for_backend( array $sent, $value ): void {
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
	protected function routes(): array {
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
	protected function path( string $route, array $values = array() ): string {
		return preg_replace_callback(
			'/\(\?P<(\w+)>[^)]*\)/',
			function ( array $found ) use ( $values ) {
				return ( $values + $this->usual )[ $found[1] ] ?? 'x';
			},
			$route
		);
	}
}
