<?php
/**
 * Permissions beside WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Contract;

/**
 * Who may what with a server of WPCloudDeploy.
 */
class Wpcd_Access_Test extends Wpcd_Callers_Test_Case {

	const JOB_ID = '6f1c2f0a-6c0e-4f3e-9b39-0a5d3b1f7c11';

	/** What each caller may do with the server in question, and thereby which routes let them through. */
	const MAY = array(
		'nobody'         => array(),
		'subscriber'     => array(),
		'another owner'  => array(),
		'shop_manager'   => array(),
		'owner'          => array( 'run_gateway', 'see_mail_log' ),
		'owner kept out' => array(),
		'team member'    => array( 'run_gateway', 'see_mail_log' ),
		'of other team'  => array(),
		'administrator'  => self::ALL,
	);

	/**
	 * Lets through whom WPCloudDeploy's functions let, with exactly the routes of their permissions.
	 *
	 * @dataProvider callers
	 *
	 * @param string $caller One of MAY.
	 */
	public function test_routes_let_through_whom_wpcd_lets( string $caller ) {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'subscriber' ) );
		$this->be_caller( $caller, $server_id );
		foreach ( Contract::routes() as $name => $route ) {
			$this->sent = array();
			$path       = strtr( $route['path'], array( ':serverId' => $server_id, ':jobId' => self::JOB_ID ) );
			$more       = 'GET' === $route['method'] ? array( 'query' => array( 'ids' => "{$server_id}" ) ) : array( 'body' => '{}' );
			$answer     = $this->call( $route['method'], $path, $more );
			if ( ! in_array( $route['access'], self::MAY[ $caller ], true ) ) {
				$this->assertSame( 'nobody' === $caller ? 401 : 403, $answer->get_status(), $name );
				$this->assertSame( array(), $this->sent, $name );
				continue;
			}
			$this->assertSame( 200, $answer->get_status(), $name );
			$this->assertSame( self::MAY[ $caller ], $this->actor()['may'], $name );
			$this->assertSame( ! empty( $route['sendsConnection'] ), null !== $this->connection(), "{$name}: a key goes with what starts a job, and with nothing else" );
		}
	}

	/**
	 * All of them.
	 */
	public static function callers(): array {
		return array_map(
			static function ( string $caller ) {
				return array( $caller );
			},
			array_combine( array_keys( self::MAY ), array_keys( self::MAY ) )
		);
	}

	/**
	 * WPCloudDeploy's functions take 0 for whoever is signed in; ours must not.
	 */
	public function test_nobody_is_not_the_current_user() {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		$this->assertTrue( wpcd_is_admin( 0 ) );
		foreach ( self::ALL as $permission ) {
			$this->assertFalse( user_can( 0, "email_gateway_{$permission}", $server_id ), $permission );
		}
	}

	/**
	 * Where a server is and who signs in there is for who may change the connection, and comes without a key.
	 */
	public function test_the_address_is_told_to_administrators_only() {
		$owner     = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_wpcd_server( $owner );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$server_id}/address" )->get_status() );
		wp_set_current_user( 0 );
		$this->assertSame( 401, $this->call( 'GET', "/servers/{$server_id}/address" )->get_status() );
		$this->sign_in_as( 'administrator' );
		$answer = $this->call( 'GET', "/servers/{$server_id}/address" );
		$this->assertSame( array( 'from', 'host', 'sshPort', 'sshUser' ), array_keys( $answer->get_data() ) );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * No browser can bring a connection along, and none gets to see the key.
	 */
	public function test_a_browser_neither_sets_nor_sees_the_key() {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		$request   = new \WP_REST_Request( 'POST', "/email-gateway/v1/servers/{$server_id}/gateway/test" );
		$request->set_header( 'Email-Gateway-Connection', 'eyJob3N0IjoiZXZpbCJ9' );
		$request->set_header( 'Content-Type', 'application/json' );
		$request->set_body( '{"to":"me@example.com","connection":{"host":"evil"}}' );
		$answer = rest_do_request( $request );
		$this->assertSame( self::ADDRESS, $this->connection()['host'] );
		$seen = wp_json_encode( $answer->get_data() ) . wp_json_encode( $this->page_at( $server_id ) ) . implode( $this->tab( $server_id ) );
		$this->assertStringNotContainsString( 'of the provider', $seen );
		$this->assertStringContainsString( self::ADDRESS, $seen );
	}
}
