<?php
/**
 * A network of sites.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fixed_Defaults;
use Email_Gateway\Network_Screen;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;

/**
 * Active for the whole network, each site has its own pairing, its own servers and its own people.
 */
class Network_Test extends Network_Test_Case {

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
	 * The environment is the network owner's: a site's administrator must not get it out through a backend of their own.
	 */
	public function test_a_fixed_password_goes_to_the_backend_of_the_main_site_only() {
		$set = array( 'EMAIL_GATEWAY_SMTP_SERVER=fixed.example.com', 'EMAIL_GATEWAY_SMTP_USER=fixed', 'EMAIL_GATEWAY_SMTP_PASSWORD=of-the-network-4' );
		array_map( 'putenv', $set );
		$this->answer_with( 200, '{"accounts":[]}' );
		$this->pair_second();
		foreach ( array( false, true ) as $on_main_site ) {
			if ( $on_main_site ) {
				restore_current_blog();
			}
			$this->sign_in_as( 'administrator' );
			$this->call( 'PUT', '/accounts', array( 'body' => '{"account":{"isDefault":true}}' ) );
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
	 * A copy of a site that forgets the pairing it was copied with asks as the copy, which ends nothing of the original.
	 */
	public function test_a_copy_asks_as_the_copy() {
		$this->pair_second();
		update_option( 'home', 'https://copy.example.com' );
		$this->delete_second();
		$this->assertSame( 'https://copy.example.com', $this->actor()['siteUrl'] );
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
}
