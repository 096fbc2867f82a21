<?php
/**
 * The backend hears whose a server is.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Handed_Over_Servers;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;

/**
 * What is told along, what is told at once, and what cron tells.
 */
class Handed_Over_Test extends Doorman_Test_Case {

	/**
	 * Each test is a request of its own, of which none has waited yet.
	 */
	protected function setUp(): void {
		parent::setUp();
		$pairing = new Pairing();
		$this->hook_up( new Handed_Over_Servers( new Own_Servers(), $pairing, new Backend_Client( $pairing ) ) );
	}

	/**
	 * Somebody who gets servers.
	 *
	 * @param string $login Who.
	 */
	private function customer( string $login ): int {
		$user = array( 'user_login' => $login, 'user_pass' => 'x', 'user_email' => "{$login}@example.com" );
		return (int) wp_insert_user( $user );
	}

	/**
	 * Which servers the backend was told a new owner of, and whom.
	 *
	 * @return array[] Each the id of a server and of a user.
	 */
	private function told(): array {
		return array_map(
			function ( array $request ) {
				$actor = json_decode( base64_decode( strtr( $request['headers']['Email-Gateway-Actor'], '-_', '+/' ) ), true );
				preg_match( '#/v1/servers/(\d+)/audit$#', $request['url'], $found );
				return array( (int) ( $found[1] ?? 0 ), $actor['owner'] ?? null );
			},
			$this->sent
		);
	}

	/**
	 * Each request about a server says whose it is, and a change is told at once.
	 */
	public function test_tells_whose_a_server_is() {
		$administrator = $this->sign_in_as( 'administrator' );
		$server_id     = $this->make_server( $administrator );
		$this->call( 'GET', "/servers/{$server_id}" );
		$this->assertSame( $administrator, $this->actor()['owner'] );
		$this->call( 'GET', '/site' );
		$this->assertArrayNotHasKey( 'owner', $this->actor() );

		$this->sent = array();
		$next       = $this->customer( 'next-owner' );
		wp_update_post( array( 'ID' => $server_id, 'post_title' => 'web2' ) );
		$this->assertSame( array(), $this->sent );
		wp_update_post( array( 'ID' => $server_id, 'post_author' => $next ) );
		$this->assertSame( array( array( $server_id, $next ) ), $this->told() );
		$this->assertFalse( wp_next_scheduled( Handed_Over_Servers::EVENT ) );
	}

	/**
	 * Who is deleted may leave their servers to somebody else. WordPress writes that past every hook of a post.
	 */
	public function test_tells_whose_the_servers_of_a_deleted_user_are() {
		$heir    = $this->sign_in_as( 'administrator' );
		$goes    = $this->customer( 'who-goes' );
		$servers = array( $this->make_server( $goes ), $this->make_server( $goes, 'trash' ) );
		$this->make_server( $heir );
		$this->sent = array();
		$this->assertTrue( wp_delete_user( $goes, $heir ) );
		$this->assertEqualsCanonicalizing( array( array( $servers[0], $heir ), array( $servers[1], $heir ) ), $this->told() );
		$this->assertFalse( wp_next_scheduled( Handed_Over_Servers::EVENT ) );
	}

	/**
	 * While the backend is silent a bulk edit asks it once, for two seconds at most.
	 */
	public function test_a_silent_backend_is_waited_for_once_and_shortly() {
		$administrator = $this->sign_in_as( 'administrator' );
		$servers       = array( $this->make_server( $administrator ), $this->make_server( $administrator ), $this->make_server( $administrator ) );
		$next          = $this->customer( 'next-owner' );
		$this->be_unreachable( 'Away.' );
		$this->sent = array();
		foreach ( $servers as $server_id ) {
			wp_update_post( array( 'ID' => $server_id, 'post_author' => $next ) );
		}
		$this->assertCount( 1, $this->sent );
		$this->assertLessThanOrEqual( Backend_Client::SHORT_SECONDS, $this->sent[0]['timeout'] );
		$this->assertNotFalse( wp_next_scheduled( Handed_Over_Servers::EVENT ) );

		// Cron asks once, too, as long as nothing answers, and then tells of all, as they are by then.
		$this->sent = array();
		do_action( Handed_Over_Servers::EVENT );
		$this->assertCount( 1, $this->sent );
		$this->answer_with( 200, '{}' );
		wp_delete_post( $servers[1], true );
		$this->sent = array();
		do_action( Handed_Over_Servers::EVENT );
		$this->assertSame( array( array( $servers[0], $next ), array( $servers[2], $next ) ), $this->told() );
		$this->assertFalse( wp_next_scheduled( Handed_Over_Servers::EVENT ) );
	}

	/**
	 * WordPress takes an event off its list before it is done: where PHP is killed meanwhile, another one comes.
	 */
	public function test_a_run_that_is_killed_is_followed_by_another() {
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
		$this->be_unreachable( 'Away.' );
		wp_update_post( array( 'ID' => $server_id, 'post_author' => $this->customer( 'next-owner' ) ) );
		wp_clear_scheduled_hook( Handed_Over_Servers::EVENT );
		add_filter(
			'pre_http_request',
			static function () {
				throw new \RuntimeException( 'killed' );
			},
			1
		);
		try {
			do_action( Handed_Over_Servers::EVENT );
			$this->fail( 'It was to be killed.' );
		} catch ( \RuntimeException $killed ) {
			$this->assertNotFalse( wp_next_scheduled( Handed_Over_Servers::EVENT ) );
		}
	}

	/**
	 * Within a minute of another change the backend refuses one, and is told again.
	 */
	public function test_what_is_refused_for_a_minute_is_told_again() {
		$administrator = $this->sign_in_as( 'administrator' );
		$server_id     = $this->make_server( $administrator );
		$this->answer_with( 403, '{"code":"forbidden","message":"Not yet."}' );
		wp_update_post( array( 'ID' => $server_id, 'post_author' => $this->customer( 'next-owner' ) ) );
		$this->assertNotFalse( wp_next_scheduled( Handed_Over_Servers::EVENT ) );
	}
}
