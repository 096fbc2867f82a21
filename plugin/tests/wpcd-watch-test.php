<?php
/**
 * Servers of WPCloudDeploy are watched.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Wpcd_Servers;
use Email_Gateway\Servers\Wpcd_Watch;

/**
 * Cron lends the backend what reaches the servers with a gateway.
 */
class Wpcd_Watch_Test extends Wpcd_Test_Case {

	/**
	 * What was asked, one line each, and the key that went along.
	 *
	 * @return string[]
	 */
	private function asked(): array {
		return array_map(
			static function ( array $request ) {
				$key = $request['headers']['Email-Gateway-Connection'] ?? null;
				return $request['method'] . ' ' . substr( $request['url'], strlen( self::BACKEND . '/v1' ) ) . ( null === $key ? '' : ' with a key' );
			},
			$this->sent
		);
	}

	/**
	 * The answer of listServers.
	 *
	 * @param array<int, bool> $servers Whether each has a gateway, by its id.
	 */
	private static function known( array $servers ): array {
		$rows = array_map(
			static function ( int $id, bool $has_gateway ) {
				return array( 'serverId' => $id, 'hasGateway' => $has_gateway );
			},
			array_keys( $servers ),
			$servers
		);
		return array( 200, wp_json_encode( array( 'servers' => $rows ) ) );
	}

	/**
	 * Nobody is signed in: it is WordPress that asks.
	 */
	public function test_lends_the_connection_of_servers_with_a_gateway_and_of_no_others() {
		$owner_id = $this->sign_in_as( 'subscriber' );
		$with     = $this->make_wpcd_server( $owner_id );
		$without  = $this->make_wpcd_server( $owner_id );
		wp_set_current_user( 0 );
		$this->answer_in_turn( array( self::known( array( $with => true, $without => false ) ), array( 200, '{"until":null}' ) ) );
		do_action( Wpcd_Watch::EVENT );
		$this->assertSame(
			array( "GET /servers?ids={$with},{$without}", "POST /servers/{$with}/connection/lend with a key" ),
			$this->asked()
		);
		$this->assertSame( array( 'wordpress', array( 'run_gateway' ) ), array( $this->actor()['login'], $this->actor()['may'] ) );
		$this->assertSame( array( self::ADDRESS, self::KEY ), array( $this->connection()['host'], $this->connection()['privateKey'] ) );
	}

	/**
	 * A backend that is away is not waited for once a server; the next run begins where this one ended.
	 */
	public function test_goes_on_where_a_silent_backend_ended_it() {
		$owner_id = $this->sign_in_as( 'subscriber' );
		$first    = $this->make_wpcd_server( $owner_id );
		$second   = $this->make_wpcd_server( $owner_id );
		$known    = self::known( array( $first => true, $second => true ) );
		$this->answer_in_turn( array( $known, array( 502, 'Bad Gateway' ) ) );
		do_action( Wpcd_Watch::EVENT );
		$this->assertCount( 2, $this->asked() );

		$this->sent = array();
		$this->answer_in_turn( array( $known, array( 200, '{"until":null}' ) ) );
		do_action( Wpcd_Watch::EVENT );
		$this->assertSame( "GET /servers?ids={$second},{$first}", $this->asked()[0] );
		$this->assertCount( 3, $this->asked() );
	}

	/**
	 * Every five minutes, once.
	 */
	public function test_is_done_every_five_minutes() {
		$watch = new Wpcd_Watch( new Wpcd_Servers(), new Backend_Client( new Pairing() ) );
		$watch->schedule();
		$watch->schedule();
		$events = array_filter( array_merge( ...array_values( array_map( 'array_keys', _get_cron_array() ) ) ), fn( $hook ) => Wpcd_Watch::EVENT === $hook );
		$this->assertCount( 1, $events );
		$this->assertSame( 5 * MINUTE_IN_SECONDS, wp_get_schedules()[ wp_get_schedule( Wpcd_Watch::EVENT ) ]['interval'] );
	}
}
