<?php
/**
 * Programs that sign in with an application password.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Contract;
use WP_Application_Passwords;

/**
 * REST with Basic authentication has no nonce and no page: it must reach what the same person reaches in a browser, and no
 * more.
 */
class Application_Passwords_Test extends Doorman_Test_Case {

	/**
	 * As on a site with https.
	 */
	protected function setUp(): void {
		parent::setUp();
		add_filter( 'wp_is_application_passwords_available', '__return_true' );
		add_filter( 'application_password_is_api_request', '__return_true' );
		// WordPress notes from where a password was used.
		$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
	}

	/**
	 * Nobody is signed in by it afterwards.
	 */
	protected function tearDown(): void {
		unset( $_SERVER['PHP_AUTH_USER'], $_SERVER['PHP_AUTH_PW'], $_SERVER['REMOTE_ADDR'] );
		parent::tearDown();
	}

	/**
	 * Every route answers as it does to the session of the same person, and tells the backend the same of them.
	 *
	 * @dataProvider callers
	 *
	 * @param string $caller owner, stranger or administrator.
	 */
	public function test_reaches_what_the_person_reaches( string $caller ) {
		$owner_id  = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_server( $owner_id );
		$user_id   = 'owner' === $caller ? $owner_id : $this->sign_in_as( 'stranger' === $caller ? 'subscriber' : $caller );
		foreach ( Contract::routes() as $name => $route ) {
			wp_set_current_user( $user_id );
			$session = $this->told( $route, $server_id );
			$this->sign_in_by_application_password( $user_id );
			$this->assertSame( $user_id, get_current_user_id() );
			$this->assertSame( $session, $this->told( $route, $server_id ), $name );
		}
		foreach ( array( 'GET' => 200, 'POST' => 400, 'DELETE' => 200 ) as $method => $status ) {
			$this->assertSame( 'administrator' === $caller ? $status : ( 'POST' === $method ? 400 : 403 ), $this->call( $method, '/pairing' )->get_status() );
		}
	}

	/**
	 * Who.
	 */
	public static function callers(): array {
		return array( array( 'owner' ), array( 'stranger' ), array( 'administrator' ) );
	}

	/**
	 * A wrong one is nobody, as is one that was revoked.
	 */
	public function test_a_wrong_or_revoked_one_is_nobody() {
		$user_id   = $this->sign_in_as( 'administrator' );
		$server_id = $this->make_server( $user_id );
		$this->sign_in_by_application_password( $user_id, 'wrong wrong wrong wrong' );
		$this->assertSame( 401, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		$this->sign_in_by_application_password( $user_id );
		$this->assertSame( 200, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		WP_Application_Passwords::delete_all_application_passwords( $user_id );
		$GLOBALS['current_user'] = null;
		$this->assertSame( 401, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
	}

	/**
	 * WordPress's own routes tell nothing of servers: neither their type, nor they themselves, also not by a search.
	 */
	public function test_no_route_of_wordpress_tells_of_servers() {
		$user_id   = $this->sign_in_as( 'administrator' );
		$server_id = $this->make_server( $user_id );
		wp_update_post( array( 'ID' => $server_id, 'post_title' => 'findme-4711' ) );
		$this->sign_in_by_application_password( $user_id );
		foreach ( array( "/wp/v2/posts/{$server_id}", '/wp/v2/email_gateway_server', "/wp/v2/email_gateway_server/{$server_id}" ) as $path ) {
			$this->assertSame( 404, rest_do_request( $path )->get_status(), $path );
		}
		$search = new \WP_REST_Request( 'GET', '/wp/v2/search' );
		$search->set_query_params( array( 'search' => 'findme-4711', 'subtype' => 'any' ) );
		$this->assertStringNotContainsString( 'findme-4711', (string) wp_json_encode( rest_do_request( $search )->get_data() ) );
		$this->assertStringNotContainsString( 'email_gateway_server', (string) wp_json_encode( rest_do_request( '/wp/v2/types' )->get_data() ) );
	}

	/**
	 * What becomes of a call: its status, and what the backend is told of who asks.
	 *
	 * @param array $route     Of the table.
	 * @param int   $server_id For the path, or for `ids`.
	 */
	private function told( array $route, int $server_id ): array {
		$this->sent = array();
		$path       = strtr( $route['path'], array( ':serverId' => $server_id, ':jobId' => Rest_Access_Test::JOB_ID ) );
		$more       = 'GET' === $route['method'] ? array( 'query' => array( 'ids' => "{$server_id}" ) ) : array( 'body' => '{}' );
		$status     = $this->call( $route['method'], $path, $more )->get_status();
		return array( $status, array() === $this->sent ? null : $this->actor() );
	}

	/**
	 * Makes a password for a program, and signs in with it.
	 *
	 * @param int         $user_id Whose.
	 * @param string|null $typed   Another one than the right one.
	 */
	private function sign_in_by_application_password( int $user_id, ?string $typed = null ): void {
		list( $password ) = WP_Application_Passwords::create_new_application_password( $user_id, array( 'name' => uniqid( 'app' ) ) );

		$_SERVER['PHP_AUTH_USER'] = get_userdata( $user_id )->user_login;
		$_SERVER['PHP_AUTH_PW']   = $typed ?? $password;
		$GLOBALS['current_user']  = null;
	}
}
