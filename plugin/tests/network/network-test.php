<?php
/**
 * The plugin in a network of sites.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fixed_Defaults;
use Email_Gateway\Handed_Over_Servers;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;

/**
 * Active for the whole network, each site has its own pairing, its own servers and its own people.
 */
class Network_Test extends Doorman_Test_Case {

	/**
	 * Id of the second site.
	 *
	 * @var int
	 */
	private $second_id;

	/**
	 * The keys of the second site, raw.
	 *
	 * @var array{public: string, secret: string}
	 */
	private $second_keys;

	/**
	 * The first site is paired; the second one with another backend, by another key.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->second_id   = (int) get_sites( array( 'path' => '/second/', 'fields' => 'ids' ) )[0];
		$this->second_keys = Pairing::make_keys();
		switch_to_blog( $this->second_id );
	}

	/**
	 * Back to the first site.
	 */
	protected function tearDown(): void {
		while ( ms_is_switched() ) {
			restore_current_blog();
		}
		parent::tearDown();
	}

	/**
	 * Active for all, and active on none by itself.
	 */
	public function test_is_active_for_the_network() {
		$plugin = plugin_basename( \Email_Gateway\PLUGIN_FILE );
		$this->assertTrue( is_plugin_active_for_network( $plugin ) );
		$this->assertSame( array(), get_option( 'active_plugins' ) );
		$this->assertTrue( post_type_exists( Own_Servers::POST_TYPE ) );
	}

	/**
	 * A pairing is one site's.
	 */
	public function test_a_site_is_not_paired_by_the_pairing_of_another() {
		$this->sign_in_as( 'administrator' );
		$this->assertFalse( ( new Pairing() )->view()['paired'] );
		$server_id = $this->make_server( get_current_user_id() );
		$answer    = $this->call( 'GET', "/servers/{$server_id}" );
		$this->assertSame( array( 409, 'not_paired' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * Who asks from a site asks as that site: its key, its backend, its address.
	 */
	public function test_each_site_asks_its_own_backend_with_its_own_key() {
		$this->pair_second();
		$this->sign_in_as( 'administrator' );
		$server_id = $this->make_server( get_current_user_id() );
		$this->assertSame( 200, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		$this->assertStringStartsWith( 'https://second.example.com/v1/servers/', $this->sent[0]['url'] );
		$this->assertStringContainsString( 'keyid="key-2"', $this->sent[0]['headers']['Signature-Input'] );
		$this->assertSame( 'http://127.0.0.1/second', $this->actor()['siteUrl'] );

		restore_current_blog();
		$this->sign_in_as( 'administrator' );
		$server_id = $this->make_server( get_current_user_id() );
		$this->assertSame( 200, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		$this->assertStringStartsWith( self::BACKEND . '/v1/servers/', $this->sent[1]['url'] );
		$this->assertStringContainsString( 'keyid="key-1"', $this->sent[1]['headers']['Signature-Input'] );
		$this->assertSame( 'http://127.0.0.1', $this->actor()['siteUrl'] );
	}

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
	 * A super admin may work on every site, each time as that site.
	 */
	public function test_a_super_admin_works_on_each_site_as_that_site() {
		$this->pair_second();
		wp_set_current_user( get_user_by( 'login', 'admin' )->ID );
		$this->assertTrue( is_super_admin() );
		$this->assertSame( 200, $this->call( 'GET', '/defaults' )->get_status() );
		restore_current_blog();
		$this->assertSame( 200, $this->call( 'GET', '/defaults' )->get_status() );
		$hosts = array_map(
			static function ( array $sent ) {
				return wp_parse_url( $sent['url'], PHP_URL_HOST );
			},
			$this->sent
		);
		$this->assertSame( array( 'second.example.com', 'backend.example.com' ), $hosts );
	}

	/**
	 * The environment is the network owner's: a site's administrator must not get it out through a backend of their own.
	 */
	public function test_a_fixed_password_goes_to_the_backend_of_the_main_site_only() {
		$set = array( 'EMAIL_GATEWAY_SMTP_SERVER=fixed.example.com', 'EMAIL_GATEWAY_SMTP_USER=fixed', 'EMAIL_GATEWAY_SMTP_PASSWORD=of-the-network-4' );
		array_map( 'putenv', $set );
		$this->answer_with( 200, '{"defaults":null}' );
		$this->pair_second();
		foreach ( array( false, true ) as $on_main_site ) {
			if ( $on_main_site ) {
				restore_current_blog();
			}
			$this->sign_in_as( 'administrator' );
			$this->call( 'PUT', '/defaults', array( 'body' => '{"defaults":{}}' ) );
			$told = strpos( implode( '', array_column( $this->sent, 'body' ) ), 'of-the-network-4' );
			$this->assertSame( $on_main_site, false !== $told );
		}
		array_map( 'putenv', Fixed_Defaults::NAMES );
	}

	/**
	 * Ending the pairing of one site leaves that of the others.
	 */
	public function test_ending_one_pairing_leaves_the_other() {
		$this->pair_second();
		$this->sign_in_as( 'administrator' );
		$this->assertSame( 200, $this->call( 'DELETE', '/pairing' )->get_status() );
		$this->assertFalse( ( new Pairing() )->is_usable() );
		restore_current_blog();
		$this->assertTrue( ( new Pairing() )->is_usable() );
	}

	/**
	 * Deleted from the network, the plugin leaves its options on no site.
	 */
	public function test_uninstalling_takes_the_options_of_every_site_away() {
		$this->pair_second();
		update_option( Fixed_Defaults::DIGEST_OPTION, 'digest' );
		defined( 'WP_UNINSTALL_PLUGIN' ) || define( 'WP_UNINSTALL_PLUGIN', 'email-gateway/email-gateway.php' );
		require dirname( \Email_Gateway\PLUGIN_FILE ) . '/uninstall.php';
		$this->assertFalse( get_option( Pairing::OPTION ) );
		$this->assertFalse( get_option( Fixed_Defaults::DIGEST_OPTION ) );
		restore_current_blog();
		$this->assertFalse( get_option( Pairing::OPTION ) );
	}

	/**
	 * Pairs the second site, which is the current one.
	 */
	private function pair_second(): void {
		$confirmed = array( 'key_id' => 'key-2', 'audience' => 'https://second.example.com' );
		( new Pairing() )->keep( 'https://second.example.com', $this->second_keys, $confirmed );
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
