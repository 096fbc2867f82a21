<?php
/**
 * Every route, and what it takes.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Contract;
use Email_Gateway\Rest_Routes;

/**
 * What is asked is what the contract names.
 */
class Rest_Routes_Test extends Rest_Test_Case {

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
	 * The person's own address is told where their alerts are asked for, and nowhere else; a body cannot say another one.
	 */
	public function test_the_mail_address_of_a_person_is_told_for_their_own_alerts_only() {
		$user_id = $this->sign_in_as( 'subscriber' );
		$own     = $this->make_server( $user_id );
		$this->call( 'GET', "/servers/{$own}" );
		$this->assertArrayNotHasKey( 'mail', $this->actor() );
		$this->call( 'PUT', "/servers/{$own}/alerts", array( 'body' => '{"id":null,"name":"","target":{"kind":"email"},"mail":"someone@example.com"}' ) );
		$this->assertSame( get_userdata( $user_id )->user_email, $this->actor()['mail'] );
		$other = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		wp_set_current_user( $user_id );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$other}/alerts" )->get_status() );
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
		$expected = array( '/email-gateway/v1', '/email-gateway/v1/pairing', '/email-gateway/v1/site-health', '/email-gateway/v1/site-health/gateways' );
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
}
