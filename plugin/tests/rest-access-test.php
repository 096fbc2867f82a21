<?php
/**
 * Every route, asked by every kind of caller.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * Who is let through, and as whom.
 */
class Rest_Access_Test extends Rest_Test_Case {

	const JOB_ID = '6f1c2f0a-6c0e-4f3e-9b39-0a5d3b1f7c11';
	const CALLERS = array( 'nobody', 'subscriber', 'customer', 'stranger', 'shop_manager', 'administrator' );

	/** Who may what. A customer asks about the own server, a stranger is a customer with another one; a shop manager has none. */
	const ALLOWED = array(
		'manage_site'       => array( 'administrator' ),
		'manage_defaults'   => array( 'administrator' ),
		'change_connection' => array( 'administrator' ),
		'run_gateway'       => array( 'administrator', 'customer' ),
		'see_audit'         => array( 'administrator' ),
		'see_mail_log'      => array( 'administrator', 'customer' ),
	);

	/** What the signed list of permissions says. */
	const MAY = array(
		'administrator' => array( 'manage_site', 'manage_defaults', 'change_connection', 'run_gateway', 'see_audit', 'see_mail_log' ),
		'customer'      => array( 'run_gateway', 'see_mail_log' ),
	);

	/**
	 * Lets through whom the contract's access word allows, and nobody else.
	 *
	 * @dataProvider routes_and_callers
	 *
	 * @param array  $route  Of routes.json.
	 * @param string $caller nobody, subscriber, customer, stranger, shop_manager or administrator.
	 */
	public function test_route_lets_through_only_who_may( array $route, string $caller ) {
		$owner_id  = $this->sign_in_as( 'customer' );
		$server_id = $this->make_server( $owner_id );
		$this->be_caller( $caller, $owner_id );

		$answer = $this->ask( $route, $server_id );

		if ( in_array( $caller, self::ALLOWED[ $route['access'] ], true ) ) {
			$this->assertSame( 200, $answer->get_status() );
			$this->assertCount( 1, $this->sent );
			$path = strtr( $route['path'], array( ':serverId' => $server_id, ':jobId' => self::JOB_ID ) );
			$this->assertStringStartsWith( self::BACKEND . '/v1' . $path, $this->sent[0]['url'] );
			$this->assertSame( $route['method'], $this->sent[0]['method'] );
			$this->assertSame( self::MAY[ $caller ], $this->actor()['may'] );
			$this->assertSame( get_current_user_id(), $this->actor()['userId'] );
		} else {
			$this->assertSame( 'nobody' === $caller ? 401 : 403, $answer->get_status() );
			$this->assertSame( 'rest_forbidden', $answer->get_data()['code'] );
			$this->assertSame( array(), $this->sent );
		}
	}

	/**
	 * Every pair.
	 */
	public static function routes_and_callers(): array {
		$rows = array();
		foreach ( json_decode( file_get_contents( dirname( __DIR__ ) . '/routes.json' ), true ) as $name => $route ) {
			foreach ( self::CALLERS as $caller ) {
				$rows[ "{$name}, {$caller}" ] = array( $route, $caller );
			}
		}
		return $rows;
	}

	/**
	 * The routes of the pairing are for administrators.
	 *
	 * @dataProvider pairing_routes_and_callers
	 *
	 * @param string $method HTTP method.
	 * @param string $caller As above.
	 */
	public function test_pairing_is_for_administrators( string $method, string $caller ) {
		$owner_id = $this->sign_in_as( 'customer' );
		$this->make_server( $owner_id );
		$this->be_caller( $caller, $owner_id );
		$answer = $this->call( $method, '/pairing', array( 'body' => '{"backendUrl":"ftp://x","code":"y"}' ) );
		if ( 'administrator' === $caller ) {
			$this->assertSame( 'POST' === $method ? 422 : 200, $answer->get_status() );
		} else {
			$this->assertSame( 'nobody' === $caller ? 401 : 403, $answer->get_status() );
			$this->assertTrue( get_option( 'email_gateway_pairing' ) !== false );
		}
		$ended = array( self::BACKEND . '/v1/site/end-pairing' );
		$this->assertSame( 'DELETE administrator' === "$method $caller" ? $ended : array(), array_column( $this->sent, 'url' ) );
	}

	/**
	 * Every pair.
	 */
	public static function pairing_routes_and_callers(): array {
		$rows = array();
		foreach ( array( 'GET', 'POST', 'DELETE' ) as $method ) {
			foreach ( self::CALLERS as $caller ) {
				$rows[ "{$method}, {$caller}" ] = array( $method, $caller );
			}
		}
		return $rows;
	}

	/**
	 * So are those of Site Health.
	 *
	 * @dataProvider callers
	 *
	 * @param string $caller As above.
	 */
	public function test_site_health_is_for_administrators( string $caller ) {
		$owner_id = $this->sign_in_as( 'customer' );
		$this->make_server( $owner_id );
		if ( 'administrator' === $caller ) {
			$this->sign_in_as_who_sees_site_health();
			$this->assertSame( 200, $this->call( 'GET', '/site-health' )->get_status() );
			$this->assertSame( 200, $this->call( 'GET', '/site-health/gateways' )->get_status() );
			return;
		}
		$this->be_caller( $caller, $owner_id );
		$this->assertSame( 'nobody' === $caller ? 401 : 403, $this->call( 'GET', '/site-health' )->get_status() );
		$this->assertSame( 'nobody' === $caller ? 401 : 403, $this->call( 'GET', '/site-health/gateways' )->get_status() );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * Each of them.
	 */
	public static function callers(): array {
		$rows = array();
		foreach ( self::CALLERS as $caller ) {
			$rows[ $caller ] = array( $caller );
		}
		return $rows;
	}

	/**
	 * Signs in as one kind of caller.
	 *
	 * @param string $caller   As above.
	 * @param int    $owner_id Who owns the server in question.
	 */
	private function be_caller( string $caller, int $owner_id ): void {
		if ( 'nobody' === $caller || 'customer' === $caller ) {
			wp_set_current_user( 'customer' === $caller ? $owner_id : 0 );
			return;
		}
		$user_id = $this->sign_in_as( 'stranger' === $caller ? 'customer' : $caller );
		if ( 'stranger' === $caller ) {
			$this->make_server( $user_id );
		}
	}

	/**
	 * Calls a route of the table.
	 *
	 * @param array $route     Of routes.json.
	 * @param int   $server_id For the path, or for `ids`.
	 */
	private function ask( array $route, int $server_id ): \WP_REST_Response {
		$path = strtr( $route['path'], array( ':serverId' => $server_id, ':jobId' => self::JOB_ID ) );
		$more = 'GET' === $route['method'] ? array( 'query' => array( 'ids' => "{$server_id}" ) ) : array( 'body' => '{}' );
		return $this->call( $route['method'], $path, $more );
	}
}
