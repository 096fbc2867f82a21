<?php
/**
 * People in a network of sites.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Handed_Over_Servers;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;

/**
 * Who of one site reaches what of another.
 */
class Network_People_Test extends Network_Test_Case {

	/**
	 * The same number is another server on another site. An administrator of one site is nobody on the other.
	 *
	 * @dataProvider routes
	 *
	 * @param array $route Of routes.json.
	 */
	public function test_an_administrator_of_one_site_reaches_nothing_of_another( array $route ) {
		$this->pair_second();
		$owner_id  = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_server( $owner_id );
		restore_current_blog();
		$this->sign_in_as( 'administrator' );
		$this->give_post_the_id( $server_id );
		$path   = strtr( $route['path'], array( ':serverId' => $server_id, ':jobId' => '6f1c2f0a-6c0e-4f3e-9b39-0a5d3b1f7c11' ) );
		$more   = 'GET' === $route['method'] ? array( 'query' => array( 'ids' => "{$server_id}" ) ) : array( 'body' => '{}' );
		$answer = $this->call( $route['method'], $path, $more );
		$this->assertSame( 200, $answer->get_status(), 'on the own site' );
		$this->assertStringStartsWith( self::BACKEND, $this->sent[0]['url'] );

		switch_to_blog( $this->second_id );
		$this->assertSame( 403, $this->call( $route['method'], $path, $more )->get_status() );
		$this->assertCount( 1, $this->sent );
	}

	/**
	 * All of them.
	 */
	public static function routes(): array {
		$table = json_decode( file_get_contents( dirname( __DIR__, 2 ) . '/routes.json' ), true );
		return array_map(
			static function ( array $route ) {
				return array( $route );
			},
			$table
		);
	}

	/**
	 * Who owns a server on one site owns none of that number on another.
	 */
	public function test_an_owner_reaches_the_own_server_on_its_own_site_only() {
		$this->pair_second();
		$stranger_s = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		restore_current_blog();
		$owner_id = $this->sign_in_as( 'subscriber' );
		$this->give_post_the_id( $stranger_s );
		add_user_to_blog( $this->second_id, $owner_id, 'subscriber' );
		$this->assertTrue( current_user_can( 'email_gateway_run_gateway', $stranger_s ) );
		switch_to_blog( $this->second_id );
		$this->assertFalse( current_user_can( 'email_gateway_run_gateway', $stranger_s ) );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$stranger_s}" )->get_status() );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * Nor does an administrator of one site pair, forget or read the pairing of another, whether or not they are known there.
	 */
	public function test_an_administrator_of_one_site_has_no_hand_in_the_pairing_of_another() {
		$this->pair_second();
		restore_current_blog();
		$user_id = $this->sign_in_as( 'administrator' );
		$this->assertFalse( is_super_admin() );
		switch_to_blog( $this->second_id );
		foreach ( array( null, 'subscriber', 'editor' ) as $role ) {
			if ( null !== $role ) {
				add_user_to_blog( $this->second_id, $user_id, $role );
				wp_set_current_user( 0 );
				wp_set_current_user( $user_id );
			}
			foreach ( array( 'GET', 'POST', 'DELETE' ) as $method ) {
				$body = array( 'body' => '{"backendUrl":"https://mine.example.net","code":"code"}' );
				$this->assertSame( 403, $this->call( $method, '/pairing', $body )->get_status() );
			}
		}
		$this->assertSame( array(), $this->sent );
		$this->assertSame( 'key-2', ( new Pairing() )->credentials()['key_id'] );
	}

	/**
	 * Who was removed from a site is the author of their servers still, and may do nothing with them.
	 */
	public function test_who_left_a_site_has_no_server_there() {
		$this->pair_second();
		$user_id   = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_server( $user_id );
		add_user_to_blog( $this->second_id, $user_id, 'subscriber' );
		$this->assertSame( 200, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		remove_user_from_blog( $user_id, $this->second_id );
		wp_set_current_user( 0 );
		wp_set_current_user( $user_id );
		$this->sent = array();
		$this->assertSame( $user_id, (int) get_post( $server_id )->post_author );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * The list of owners to choose from names people of this site, and not of the whole network.
	 */
	public function test_owners_to_choose_from_are_of_the_site() {
		$administrator = $this->sign_in_as( 'administrator' );
		restore_current_blog();
		$elsewhere = $this->sign_in_as( 'subscriber' );
		switch_to_blog( $this->second_id );
		wp_set_current_user( $administrator );
		$server = get_post( $this->make_server( $administrator ) );
		ob_start();
		require_once ABSPATH . 'wp-admin/includes/meta-boxes.php';
		post_author_meta_box( $server );
		$box = (string) ob_get_clean();
		$this->assertStringContainsString( "value='{$administrator}'", $box );
		$this->assertStringNotContainsString( "value='{$elsewhere}'", $box );
	}

	/**
	 * A super admin may work on every site, each time as that site.
	 */
	public function test_a_super_admin_works_on_each_site_as_that_site() {
		$this->pair_second();
		wp_set_current_user( get_user_by( 'login', 'admin' )->ID );
		$this->assertTrue( is_super_admin() );
		$this->assertSame( 200, $this->call( 'GET', '/accounts' )->get_status() );
		restore_current_blog();
		$this->assertSame( 200, $this->call( 'GET', '/accounts' )->get_status() );
		$hosts = array_map(
			static function ( array $sent ) {
				return wp_parse_url( $sent['url'], PHP_URL_HOST );
			},
			$this->sent
		);
		$this->assertSame( array( 'second.example.com', 'backend.example.com' ), $hosts );
	}

	/**
	 * Makes a server of the current user on the current site that has the number of one on the other site.
	 *
	 * @param int $server_id The number.
	 */
	private function give_post_the_id( int $server_id ): void {
		$post = array(
			'import_id'   => $server_id,
			'post_type'   => Own_Servers::POST_TYPE,
			'post_title'  => 'web1',
			'post_author' => get_current_user_id(),
			'post_status' => 'publish',
		);
		$made = get_post( $server_id ) ? wp_update_post( array( 'ID' => $server_id ) + $post ) : wp_insert_post( $post );
		$this->assertSame( $server_id, $made );
		// Where it got another owner, that was told.
		$this->sent = array();
	}

	/**
	 * Who is removed from a site may leave their servers there to somebody else: cron of that site tells it.
	 */
	public function test_tells_whose_the_servers_of_who_left_a_site_are() {
		$this->pair_second();
		$heir = $this->sign_in_as( 'administrator' );
		$goes = (int) wp_insert_user( array( 'user_login' => 'who-leaves', 'user_pass' => 'x', 'user_email' => 'leaves@example.com' ) );
		add_user_to_blog( $this->second_id, $goes, 'author' );
		$server_id = $this->make_server( $goes );
		remove_user_from_blog( $goes, $this->second_id, $heir );
		$this->sent = array();
		do_action( Handed_Over_Servers::EVENT );
		$this->assertCount( 1, $this->sent );
		$this->assertStringContainsString( "/servers/{$server_id}/audit", $this->sent[0]['url'] );
		$this->assertSame( $heir, $this->actor()['owner'] );
	}
}
