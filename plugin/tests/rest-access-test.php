<?php
/**
 * Every route, asked by every kind of caller.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Contract;
use Email_Gateway\Rest_Routes;
use Email_Gateway\Shop;

/**
 * Who is let through, and as whom.
 */
class Rest_Access_Test extends Doorman_Test_Case {

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
	 * Opens a shop, whose roles are among the callers.
	 */
	protected function setUp(): void {
		parent::setUp();
		require_once dirname( __DIR__, 2 ) . '/lab/wordpress/stand-ins/woocommerce-stand-in.php';
		( new \WooCommerce() )->start();
	}

	/**
	 * Closes it.
	 */
	protected function tearDown(): void {
		array_map( 'remove_role', Shop::ROLES );
		parent::tearDown();
	}

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
	 * So is the one of Site Health.
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
			return;
		}
		$this->be_caller( $caller, $owner_id );
		$this->assertSame( 'nobody' === $caller ? 401 : 403, $this->call( 'GET', '/site-health' )->get_status() );
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
	 * A page, a deleted server or one that never was is no server, for administrators either.
	 */
	public function test_what_is_no_server_is_refused() {
		$user_id = $this->sign_in_as( 'administrator' );
		$page_id = wp_insert_post( array( 'post_type' => 'page', 'post_title' => 'A page', 'post_status' => 'publish' ) );
		$new_id  = $this->make_server( $user_id, 'auto-draft' );
		foreach ( array( $page_id, $new_id, 999999999, '99999999999999999999' ) as $id ) {
			$status = $this->call( 'GET', "/servers/{$id}" )->get_status();
			$this->assertContains( $status, array( 403, 404 ), "id {$id}" );
		}
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * The list is refused as a whole when one server in it is not the caller's.
	 */
	public function test_a_list_with_another_s_server_is_refused() {
		$other   = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$own     = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$refused = array( "{$own},{$other}", '', "{$own},", "{$own} ,{$other}", "{$own}\n" );
		foreach ( $refused as $ids ) {
			$this->assertSame( 403, $this->call( 'GET', '/servers', array( 'query' => array( 'ids' => $ids ) ) )->get_status() );
		}
		$this->assertSame( 400, $this->call( 'GET', '/servers', array( 'query' => array( 'ids' => array( $own ) ) ) )->get_status() );
		$this->assertSame( array(), $this->sent );
		$this->assertSame( 200, $this->call( 'GET', '/servers', array( 'query' => array( 'ids' => "{$own}" ) ) )->get_status() );
		$this->assertStringEndsWith( "/v1/servers?ids={$own}", $this->sent[0]['url'] );
	}

	/**
	 * What the backend would not read is not carried there.
	 */
	public function test_a_body_beyond_64_kib_is_refused() {
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
		foreach ( array( 64 * KB_IN_BYTES => 202, 64 * KB_IN_BYTES + 1 => 413 ) as $length => $status ) {
			$this->answer_with( 202, '{}' );
			$answer = $this->call( 'POST', "/servers/{$server_id}/gateway/install", array( 'body' => '{"settings":{},"x":"' . str_repeat( 'x', $length - 22 ) . '"}' ) );
			$this->assertSame( $status, $answer->get_status() );
		}
		$this->assertSame( 'body_too_large', $answer->get_data()['code'] );
		$this->assertCount( 1, $this->sent );
	}

	/**
	 * Neither body nor query can name another server than the path.
	 */
	public function test_the_server_in_the_path_counts_whatever_the_body_says() {
		$other = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$own   = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$body  = array( 'body' => wp_json_encode( array( 'serverId' => $own, 'settings' => array( 'a' => 1 ) ) ), 'query' => array( 'serverId' => $own ) );
		$this->assertSame( 403, $this->call( 'POST', "/servers/{$other}/gateway/install", $body )->get_status() );
		$body = array( 'body' => wp_json_encode( array( 'serverId' => $other, 'settings' => array( 'a' => 1 ) ) ), 'query' => array( 'serverId' => $other ) );
		$this->assertSame( 200, $this->call( 'POST', "/servers/{$own}/gateway/install", $body )->get_status() );
		$this->assertStringStartsWith( self::BACKEND . "/v1/servers/{$own}/gateway/install?", $this->sent[0]['url'] );
	}

	/**
	 * A filter may give a permission to others.
	 */
	public function test_a_filter_widens_a_permission() {
		$user_id   = $this->sign_in_as( 'editor' );
		$server_id = $this->make_server( $user_id );
		$path      = "/servers/{$server_id}/connection";
		$this->assertSame( 403, $this->call( 'PUT', $path, array( 'body' => '{}' ) )->get_status() );
		add_filter(
			'email_gateway_change_connection',
			static function ( array $required, int $asked_user_id, int $asked_server_id ) use ( $user_id, $server_id ) {
				return $user_id === $asked_user_id && $server_id === $asked_server_id ? array( 'read' ) : $required;
			},
			10,
			3
		);
		$this->assertSame( 200, $this->call( 'PUT', $path, array( 'body' => '{}' ) )->get_status() );
		$this->assertSame( array( 'change_connection', 'run_gateway', 'see_mail_log' ), $this->actor()['may'] );
	}

	/**
	 * A filter that returns nothing does not open the door.
	 */
	public function test_a_filter_that_slips_allows_nobody() {
		add_filter( 'email_gateway_run_gateway', '__return_empty_array' );
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		wp_set_current_user( 0 );
		$this->assertSame( 401, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * Each route says what it takes and answers, to whoever asks for it by OPTIONS.
	 */
	public function test_every_route_tells_what_it_takes_and_answers() {
		$paths = array_filter( array_keys( rest_get_server()->get_routes() ), static fn ( string $path ): bool => 0 === strpos( $path, '/email-gateway/v1/' ) );
		$this->assertGreaterThan( 30, count( $paths ) );
		foreach ( $paths as $path ) {
			$told = rest_get_server()->get_data_for_route( $path, rest_get_server()->get_routes()[ $path ], 'help' );
			$this->assertSame( array( $path, 'object' ), array( $path, $told['schema']['type'] ?? null ) );
			foreach ( array( 'serverId', 'jobId' ) as $name ) {
				$in_args = isset( $told['endpoints'][0]['args'][ $name ] );
				$this->assertSame( array( $path, false !== strpos( $path, "<{$name}>" ) ), array( $path, $in_args ) );
			}
		}
		$path = '/email-gateway/v1' . Rest_Routes::pattern( '/servers/:serverId/gateway/test' );
		$args = rest_get_server()->get_data_for_route( $path, rest_get_server()->get_routes()[ $path ], 'help' )['endpoints'][0]['args'];
		$this->assertSame( array( true, 'string', false, array( 'string', 'null' ) ), array( $args['to']['required'], $args['to']['type'], $args['from']['required'], $args['from']['type'] ) );
	}

	/**
	 * What is missing or of another kind WordPress refuses; what stands in a field is for the backend to judge.
	 */
	public function test_arguments_of_another_kind_are_refused() {
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
		$path      = "/servers/{$server_id}/gateway";
		$refused   = array(
			array( 'rest_missing_callback_param', "{$path}/test", '{"from":null}' ),
			array( 'rest_invalid_param', "{$path}/test", '{"to":{"a":1}}' ),
			array( 'rest_invalid_param', "{$path}/remove", '{"waitingMail":"eat"}' ),
			array( 'rest_invalid_param', "{$path}/install", '{"settings":"all"}' ),
		);
		foreach ( $refused as list( $code, $where, $body ) ) {
			$answer = $this->call( 'POST', $where, array( 'body' => $body ) );
			$this->assertSame( array( 400, $code ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		}
		$this->assertSame( array(), $this->sent );
		$body = '{"to":"not an address ","from":null}';
		$this->assertSame( 200, $this->call( 'POST', "{$path}/test", array( 'body' => $body ) )->get_status() );
		$this->assertSame( $body, $this->sent[0]['body'] );
	}

	/**
	 * Every row of routes.json is a route, and there is none besides those WordPress answers itself.
	 */
	public function test_mounts_the_table_and_nothing_else() {
		$expected = array( '/email-gateway/v1', '/email-gateway/v1/pairing', '/email-gateway/v1/site-health' );
		$expected[] = '/email-gateway/v1' . Rest_Routes::pattern( '/servers/:serverId/entry' );
		$expected[] = '/email-gateway/v1/entries';
		foreach ( Contract::routes() as $route ) {
			$expected[] = '/email-gateway/v1' . Rest_Routes::pattern( $route['path'] );
		}
		$mounted = array_filter(
			array_keys( rest_get_server()->get_routes() ),
			static function ( string $path ) {
				return 0 === strpos( $path, '/email-gateway/' );
			}
		);
		$expected = array_unique( $expected );
		sort( $expected );
		sort( $mounted );
		$this->assertSame( $expected, $mounted );
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
