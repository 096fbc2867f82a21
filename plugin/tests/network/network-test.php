<?php
/**
 * The plugin in a network of sites.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Deleted_Sites;
use Email_Gateway\Fixed_Defaults;
use Email_Gateway\Former_Pairing;
use Email_Gateway\Handed_Over_Servers;
use Email_Gateway\Network_Screen;
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
		$this->hook_up( new Deleted_Sites() );
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
	 * Who manages the network sees each site with its own pairing, and the way to it; others have no such page.
	 */
	public function test_the_network_screen_lists_each_site_as_itself() {
		$this->pair_second();
		restore_current_blog();
		$this->make_server( $this->sign_in_as( 'administrator' ) );
		grant_super_admin( get_current_user_id() );
		ob_start();
		( new Network_Screen() )->render();
		$html = ob_get_clean();
		$this->assertMatchesRegularExpression( '~<tr>.*http://127\.0\.0\.1/wp-admin/options-general\.php\?page=email-gateway".*backend\.example\.com/base</td><td>1</td></tr>~sU', $html );
		$this->assertMatchesRegularExpression( '~<tr><th scope="row"><a href="http://127\.0\.0\.1/second/wp-admin/.*second\.example\.com</td><td>0</td></tr>~sU', $html );
		$this->assertSame( 1, get_current_blog_id() );
		$this->assertSame( array(), $this->sent );
		global $submenu;
		foreach ( array( true, false ) as $is_super ) {
			$submenu = array();
			$is_super ? grant_super_admin( get_current_user_id() ) : revoke_super_admin( get_current_user_id() );
			do_action( 'network_admin_menu' );
			$this->assertSame( $is_super, isset( $submenu['settings.php'] ) );
		}
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
	 * Deleting a site of the network ends its pairing, as that site; that of the main site stays.
	 */
	public function test_deleting_a_site_ends_its_pairing() {
		$this->pair_second();
		$this->delete_second();
		$this->assertSame( array( 'https://second.example.com/v1/site/end-pairing' ), array_column( $this->sent, 'url' ) );
		$this->assertStringContainsString( 'keyid="key-2"', $this->sent[0]['headers']['Signature-Input'] );
		$this->assertSame( array( 'http://127.0.0.1/second', array( 'manage_site' ) ), array( $this->actor()['siteUrl'], $this->actor()['may'] ) );
		$this->assertLessThanOrEqual( Backend_Client::SHORT_SECONDS, $this->sent[0]['timeout'] );
		$this->assert_nothing_is_left_of_second();
		$this->assertTrue( ( new Pairing() )->is_usable() );
	}

	/**
	 * Where the backend is away, the main site asks it every hour, with a key that outlives its site for that alone.
	 */
	public function test_a_deleted_site_is_ended_when_the_backend_answers_again() {
		$this->pair_second();
		$this->be_unreachable( 'Away.' );
		remove_action( 'wp_uninitialize_site', 'wp_uninitialize_site' );
		do_action( 'wp_uninitialize_site', get_site( $this->second_id ) );
		$this->delete_second();
		// Nobody waits for each of many sites.
		$this->assertCount( 1, $this->sent );
		$this->assertNotFalse( get_option( Former_Pairing::OPTION . "_of_site_{$this->second_id}" ) );
		$this->assertNotFalse( wp_next_scheduled( Deleted_Sites::EVENT ) );

		$this->answer_in_turn( array( array( 503, '{"code":"busy","message":"Later."}' ), array( 200, '{"ended":true}' ) ) );
		foreach ( array( 2, 3 ) as $asked ) {
			wp_clear_scheduled_hook( Deleted_Sites::EVENT );
			do_action( Deleted_Sites::EVENT );
			$this->assertCount( $asked, $this->sent );
			$this->assertSame( 'http://127.0.0.1/second', $this->actor()['siteUrl'] );
			$this->assertSame( 2 === $asked, false !== wp_next_scheduled( Deleted_Sites::EVENT ) );
		}
		$this->assert_nothing_is_left_of_second();
		$this->assertTrue( ( new Pairing() )->is_usable() );
	}

	/**
	 * A site that is not paired asks nobody anything.
	 */
	public function test_deleting_a_site_that_is_not_paired_asks_nothing() {
		$this->delete_second();
		$this->assertSame( array(), $this->sent );
		$this->assert_nothing_is_left_of_second();
	}

	/**
	 * A copy of a site that forgets the pairing it was copied with asks as the copy, which ends nothing of the original.
	 */
	public function test_a_copy_asks_as_the_copy() {
		$this->pair_second();
		update_option( 'home', 'https://copy.example.com' );
		$this->delete_second();
		$this->assertSame( 'https://copy.example.com', $this->actor()['siteUrl'] );
	}

	/**
	 * Deletes the second site as WordPress does, but for its tables: dropping them would end the test's transaction. The
	 * main site is the present one afterwards.
	 */
	private function delete_second(): void {
		remove_action( 'wp_uninitialize_site', 'wp_uninitialize_site' );
		$this->assertInstanceOf( \WP_Site::class, wp_delete_site( $this->second_id ) );
		restore_current_blog();
		$this->assertSame( get_main_site_id(), get_current_blog_id() );
	}

	/**
	 * No key, no number, no event.
	 */
	private function assert_nothing_is_left_of_second(): void {
		$this->assertFalse( get_option( Former_Pairing::OPTION . "_of_site_{$this->second_id}" ) );
		$this->assertFalse( get_option( Deleted_Sites::OPTION ) );
		$this->assertFalse( wp_next_scheduled( Deleted_Sites::EVENT ) );
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
