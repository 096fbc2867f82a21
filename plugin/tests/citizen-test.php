<?php
/**
 * What a good plugin has besides its own screens.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Shop;

/**
 * Help, Site Health's information, and a list that speaks of servers.
 */
class Citizen_Test extends Doorman_Test_Case {

	/**
	 * Our screens have help, others none of ours.
	 *
	 * @dataProvider screens
	 *
	 * @param string   $id   Of a screen of wp-admin.
	 * @param string[] $tabs Ids of our tabs.
	 */
	public function test_our_screens_have_help( string $id, array $tabs ) {
		set_current_screen( $id );
		$this->assertSame( $tabs, array_keys( get_current_screen()->get_help_tabs() ) );
		foreach ( get_current_screen()->get_help_tabs() as $tab ) {
			$this->assertStringStartsWith( '<p>', $tab['content'] );
		}
	}

	/**
	 * Screens and their tabs.
	 */
	public static function screens(): array {
		return array(
			'list'     => array( 'edit-' . Own_Servers::POST_TYPE, array( 'email-gateway-list' ) ),
			'server'   => array( Own_Servers::POST_TYPE, array( 'email-gateway-steps', 'email-gateway-wrong' ) ),
			'settings' => array( 'settings_page_email-gateway', array( 'email-gateway-backend', 'email-gateway-defaults' ) ),
			'mail log' => array( 'tools_page_email-gateway-mail-log', array( 'email-gateway-mail-log' ) ),
			'pages'    => array( 'edit-page', array() ),
		);
	}

	/**
	 * Site Health's report helps whoever helps, and gives nothing away.
	 */
	public function test_site_health_tells_how_the_plugin_is_set_up() {
		$this->make_server( $this->sign_in_as( 'administrator' ) );
		$fields = apply_filters( 'debug_information', array() )['email-gateway']['fields'];
		$this->assertSame( \Email_Gateway\VERSION, $fields['version']['value'] );
		$this->assertSame( 'yes', $fields['paired']['debug'] );
		$this->assertTrue( $fields['backend']['private'] );
		$this->assertSame( ( new Pairing() )->view()['backendUrl'], $fields['backend']['value'] );
		$this->assertMatchesRegularExpression( '/^email_gateway_server [1-9]/', $fields['servers']['debug'] );
		$key = ( new Pairing() )->credentials()['secret_key'];
		foreach ( array( $key, base64_encode( $key ), bin2hex( $key ) ) as $form ) { // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- to look for it.
			$this->assertStringNotContainsString( $form, serialize( $fields ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- raw bytes are no JSON.
		}
		delete_option( Pairing::OPTION );
		$this->assertSame( 'no', apply_filters( 'debug_information', array() )['email-gateway']['fields']['paired']['debug'] );
	}

	/**
	 * A server is neither published on a date nor edited by a form for posts.
	 */
	public function test_the_list_speaks_of_servers() {
		$this->sign_in_as( 'administrator' );
		$type    = Own_Servers::POST_TYPE;
		$columns = apply_filters( "manage_{$type}_posts_columns", array( 'cb' => '', 'title' => 'Title', 'author' => 'Author', 'date' => 'Date' ) );
		$this->assertSame( array( 'cb', 'title', 'author', 'email_gateway_host', 'email_gateway_gateway', 'email_gateway_last-test', 'email_gateway_day' ), array_keys( $columns ) );
		$this->assertSame( array( 'Name', 'Owner' ), array( $columns['title'], $columns['author'] ) );
		$this->assertFalse( apply_filters( 'quick_edit_enabled_for_post_type', true, $type ) );
		$this->assertTrue( apply_filters( 'quick_edit_enabled_for_post_type', true, 'page' ) );
		$this->assertSame( array( 'trash' => 'x' ), apply_filters( "bulk_actions-edit-{$type}", array( 'edit' => 'x', 'trash' => 'x' ) ) );
	}

	/**
	 * Servers are sought by their names, unless somebody sorts them.
	 */
	public function test_the_list_is_sorted_by_name() {
		$this->sign_in_as( 'administrator' );
		set_current_screen( 'edit-' . Own_Servers::POST_TYPE );
		foreach ( array( 'web2', 'db', 'web10' ) as $title ) {
			wp_update_post( array( 'ID' => $this->make_server( get_current_user_id() ), 'post_title' => $title ) );
		}
		$this->assertSame( array( 'db', 'web10', 'web2' ), $this->listed( array() ) );
		$this->assertSame( array( 'web2', 'web10', 'db' ), $this->listed( array( 'orderby' => 'title', 'order' => 'desc' ) ) );
	}

	/**
	 * Titles as the main query of the list finds them.
	 *
	 * @param array $sorting What the address of the page says.
	 */
	private function listed( array $sorting ): array {
		$GLOBALS['wp_the_query'] = new \WP_Query();
		$GLOBALS['wp_query']     = $GLOBALS['wp_the_query'];
		return wp_list_pluck( $GLOBALS['wp_query']->query( array( 'post_type' => Own_Servers::POST_TYPE ) + $sorting ), 'post_title' );
	}

	/**
	 * A server saved without a name gets one; a page does not.
	 */
	public function test_a_server_has_a_name() {
		$this->sign_in_as( 'administrator' );
		$draft = $this->make_server( get_current_user_id(), 'auto-draft' );
		foreach ( array( '', '  ' ) as $title ) {
			wp_update_post( array( 'ID' => $draft, 'post_title' => $title, 'post_status' => 'publish' ) );
			$this->assertSame( "Server {$draft}", get_post( $draft )->post_title );
		}
		wp_update_post( array( 'ID' => $draft, 'post_title' => 'web1' ) );
		$this->assertSame( 'web1', get_post( $draft )->post_title );
		$page = wp_insert_post( array( 'post_type' => 'page', 'post_content' => 'text' ) );
		$this->assertSame( '', get_post( $page )->post_title );
	}

	/**
	 * WooCommerce asks before it starts; without it nothing happens.
	 */
	public function test_the_shop_is_told_that_its_features_do_not_matter() {
		$this->assertNotFalse( has_action( 'before_woocommerce_init', array( Shop::class, 'declare_compatibility' ) ) );
		do_action( 'before_woocommerce_init' );
		eval( 'namespace Automattic\WooCommerce\Utilities; class FeaturesUtil { public static $declared = array(); public static function declare_compatibility( ...$all ) { self::$declared[] = $all; } }' ); // phpcs:ignore Squiz.PHP.Eval -- WooCommerce's class, by its documented signature.
		do_action( 'before_woocommerce_init' );
		$this->assertSame(
			array(
				array( 'custom_order_tables', \Email_Gateway\PLUGIN_FILE, true ),
				array( 'cart_checkout_blocks', \Email_Gateway\PLUGIN_FILE, true ),
			),
			\Automattic\WooCommerce\Utilities\FeaturesUtil::$declared
		);
	}
}
