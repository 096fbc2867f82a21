<?php
/**
 * Beside a shop of WooCommerce.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Shop;
use WooCommerce;

/**
 * The stand-in has WooCommerce's roles and its redirect.
 */
class Shop_Test extends Doorman_Test_Case {

	/**
	 * The shop.
	 *
	 * @var WooCommerce
	 */
	private $shop;

	/**
	 * Opens the shop.
	 */
	protected function setUp(): void {
		parent::setUp();
		require_once dirname( __DIR__, 2 ) . '/lab/wordpress/stand-ins/woocommerce-stand-in.php';
		$this->shop = new WooCommerce();
		$this->shop->start();
	}

	/**
	 * Closes it.
	 */
	protected function tearDown(): void {
		array_map( 'remove_role', Shop::ROLES );
		unset( $_GET['post_type'], $_GET['post'] );
		$GLOBALS['pagenow'] = 'index.php';
		parent::tearDown();
	}

	/**
	 * Who owns a server reaches its screen and the list, nobody another's, and nothing else of wp-admin.
	 */
	public function test_owners_reach_the_screens_of_their_servers_only() {
		$another_s = $this->make_server( $this->sign_in_as( 'customer' ) );
		$this->assertTrue( $this->is_kept_out_of( 'index.php' ) );
		wp_set_current_user( $this->sign_in_as( 'customer' ) );
		$list = array( 'post_type' => Own_Servers::POST_TYPE );
		$mail_log = array( 'page' => 'email-gateway-mail-log' );
		$this->assertTrue( $this->is_kept_out_of( 'edit.php', $list ), 'a customer without a server' );
		$this->assertTrue( $this->is_kept_out_of( 'tools.php', $mail_log ) );
		$this->assertFalse( $this->has_bar() );

		$own = $this->make_server( get_current_user_id() );
		$this->assertFalse( $this->is_kept_out_of( 'edit.php', $list ) );
		$this->assertFalse( $this->is_kept_out_of( 'post.php', array( 'post' => "{$own}" ) ) );
		$this->assertFalse( $this->is_kept_out_of( 'tools.php', $mail_log ) );
		$this->assertFalse( $this->is_kept_out_of( 'admin.php', $mail_log ) );
		$this->assertTrue( $this->has_bar() );
		$this->assertTrue( $this->is_kept_out_of( 'post.php', array( 'post' => "{$another_s}" ) ) );
		foreach ( array( 'index.php', 'edit.php', 'profile.php', 'upload.php', 'tools.php', 'admin.php' ) as $page ) {
			$this->assertTrue( $this->is_kept_out_of( $page ), $page );
		}
		$this->assertTrue( current_user_can( 'edit_post', $own ) );
		$this->assertFalse( current_user_can( 'edit_post', $another_s ) );
	}

	/**
	 * A shop manager may edit posts, and has no more to do with servers than a customer.
	 *
	 * @dataProvider roles
	 *
	 * @param string $role Of the shop.
	 */
	public function test_the_roles_of_a_shop_run_their_own_gateways_and_nothing_else( string $role ) {
		$another_s = $this->make_server( $this->sign_in_as( 'administrator' ) );
		$own       = $this->make_server( $this->sign_in_as( $role ) );
		foreach ( array( 'manage_site', 'manage_defaults', 'change_connection', 'see_audit' ) as $permission ) {
			foreach ( array( 0, $own, $another_s ) as $server_id ) {
				$this->assertFalse( current_user_can( "email_gateway_{$permission}", $server_id ), "{$permission} {$server_id}" );
			}
		}
		$this->assertTrue( current_user_can( 'email_gateway_run_gateway', $own ) );
		$this->assertFalse( current_user_can( 'email_gateway_run_gateway', $another_s ) );
		$this->assertFalse( current_user_can( 'edit_post', $another_s ) );
		$this->assertFalse( current_user_can( 'delete_post', $own ) );
		$this->assertFalse( current_user_can( 'edit_others_email_gateway_servers' ) );
		$this->assertFalse( current_user_can( 'create_email_gateway_servers' ) );
	}

	/**
	 * Both.
	 */
	public static function roles(): array {
		return array_map(
			static function ( string $role ) {
				return array( $role );
			},
			array_combine( Shop::ROLES, Shop::ROLES )
		);
	}

	/**
	 * The page tells who sees Load Defaults now, not who should.
	 */
	public function test_tells_which_roles_see_load_defaults_now() {
		$this->assertSame( array( 'seeLoadDefaults' => array( 'Administrator' ), 'customersSeeIt' => false ), Shop::view() );

		$manager_id = $this->sign_in_as( 'shop_manager' );
		add_filter(
			'email_gateway_manage_defaults',
			static function ( array $required, int $user_id ) use ( $manager_id ) {
				return $manager_id === $user_id ? array( 'read' ) : $required;
			},
			10,
			2
		);
		$this->assertSame( array( 'seeLoadDefaults' => array( 'Administrator', 'Shop manager' ), 'customersSeeIt' => true ), Shop::view() );
	}

	/**
	 * Whether the current user is sent out of a page of wp-admin.
	 *
	 * @param string $page  Such as post.php.
	 * @param array  $query Of the address.
	 */
	private function is_kept_out_of( string $page, array $query = array() ): bool {
		$GLOBALS['pagenow'] = $page;
		$_GET               = $query;
		set_current_screen( 'dashboard' );
		return $this->shop->is_kept_out();
	}

	/**
	 * Whether the current user sees the admin bar in the shop.
	 */
	private function has_bar(): bool {
		set_current_screen( 'front' );
		return $this->shop->show_bar( true );
	}
}
