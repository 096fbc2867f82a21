<?php
/**
 * Our parts of the screens of WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Servers\Wpcd_Servers;

/**
 * What WPCloudDeploy shows of us, and to whom.
 */
class Wpcd_Screens_Test extends Wpcd_Callers_Test_Case {

	/**
	 * The tab stands on the screens of servers for whoever runs their gateways, with both boxes.
	 */
	public function test_our_section_is_a_tab_of_wpcd_s_screen() {
		$owner     = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_wpcd_server( $owner );
		$another   = $this->make_wpcd_server( $this->sign_in_as( 'subscriber' ) );
		wp_set_current_user( $owner );
		$tab = $this->tab( $server_id );
		$this->assertSame( array( 'services', 'email-gateway' ), array_keys( apply_filters( 'wpcd_server_wordpress-app_get_tabnames', array(), $server_id ) ) );
		$this->assertCount( 1, $tab );
		foreach ( array( 'connection', 'gateway' ) as $screen ) {
			$this->assertStringContainsString( "data-screen=\"{$screen}\" data-server-id=\"{$server_id}\"", $tab[0] );
		}
		$this->assertSame( array(), $this->tab( $another ) );
		$this->assertSame( array(), apply_filters( 'wpcd_server_wordpress-app_get_tabnames', array(), $another ) );
		$this->assertArrayNotHasKey( 'address', $this->page_at( $server_id ) );
	}

	/**
	 * It begins with no tab and opens the first: one that is added late, by an extension, still comes before ours.
	 */
	public function test_our_tab_is_never_the_first() {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		add_filter(
			'wpcd_server_wordpress-app_get_tabnames',
			static function ( array $tabs ) {
				return $tabs + array( 'of-an-extension' => array( 'label' => 'Another' ) );
			},
			20
		);
		$tabs = apply_filters( 'wpcd_server_wordpress-app_get_tabnames', array(), $server_id );
		$this->assertSame( array( 'services', 'of-an-extension', 'email-gateway' ), array_keys( $tabs ) );
	}

	/**
	 * The page outside wp-admin, where customers meet their server, gets the script with what they may do, and no
	 * other page does.
	 *
	 * @dataProvider visitors
	 *
	 * @param string        $caller One of MAY.
	 * @param string[]|null $may    What the script hears; null where it is not there.
	 */
	public function test_the_public_page_of_a_server_has_the_whole_card( string $caller, ?array $may ) {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'subscriber' ) );
		$this->be_caller( $caller, $server_id );
		$page = $this->public_page_of( $server_id );
		$this->assertSame( $may, $page['may'] ?? null );
		$this->assertSame( null === $may ? null : $server_id, $page['serverId'] ?? null );
		$this->assertSame( array( 'administrator' === $caller, null !== $may ), array( isset( $page['address'] ), wp_style_is( 'email-gateway-style-metabox' ) || wp_style_is( 'email-gateway-metabox' ) ) );
		$this->assertNull( $this->public_page_of( wp_insert_post( array( 'post_type' => 'page', 'post_title' => 'A page', 'post_status' => 'publish' ) ) ) );
	}

	/**
	 * Callers, with what they hear.
	 */
	public static function visitors(): array {
		return array(
			'nobody'         => array( 'nobody', null ),
			'another owner'  => array( 'another owner', null ),
			'owner kept out' => array( 'owner kept out', null ),
			'owner'          => array( 'owner', array( 'run_gateway', 'see_mail_log' ) ),
			'team member'    => array( 'team member', array( 'run_gateway', 'see_mail_log' ) ),
			'administrator'  => array( 'administrator', self::ALL ),
		);
	}

	/**
	 * A person who has the list of servers in wp-admin by WPCloudDeploy's capability runs the own gateway there, and
	 * not that of others.
	 */
	public function test_owners_who_manage_servers_open_the_screen_of_their_own() {
		$another = $this->make_wpcd_server( $this->sign_in_as( 'subscriber' ) );
		$own     = $this->make_wpcd_server( $this->sign_in_as( 'wpcdsysadmin' ) );
		$this->assertTrue( current_user_can( 'edit_post', $own ) );
		$this->assertCount( 1, $this->tab( $own ) );
		$this->assertSame( array( 'run_gateway', 'see_mail_log' ), $this->page_at( $own )['may'] );
		$this->assertSame( array(), $this->tab( $another ) );
		wp_set_current_user( (int) get_post( $another )->post_author );
		$this->assertFalse( current_user_can( 'edit_post', $another ), 'a plain owner' );
	}

	/**
	 * A shop calls it by a name of its own; its customers read that one. A constant cannot be taken back: another PHP.
	 */
	public function test_customers_read_the_shop_s_name_of_it() {
		$this->sign_in_as( 'subscriber' );
		$this->assertSame( 'WPCloudDeploy', $this->page_at( $this->make_wpcd_server( get_current_user_id() ) )['panelName'] );
		$functions = dirname( __DIR__, 2 ) . '/lab/wordpress/stand-ins/wpcd-stand-in/functions.php';
		$code      = sprintf( 'define( "WPCD_SHORT_NAME", "Our Cloud" ); require %s; require %s; require %s; echo Email_Gateway\Servers\Wpcd_Servers::product_name();', var_export( $functions, true ), var_export( dirname( __DIR__ ) . '/includes/Servers/Servers.php', true ), var_export( dirname( __DIR__ ) . '/includes/Servers/Wpcd_Servers.php', true ) ); // PHP source.
		$this->assertSame( 'Our Cloud', shell_exec( escapeshellarg( PHP_BINARY ) . ' -r ' . escapeshellarg( $code ) . ' 2>&1' ) ); // constant, but for paths of the test.
	}

	/**
	 * Our settings stand beside WPCloudDeploy's, for those who may see them, and are not called as its own are.
	 */
	public function test_our_settings_are_a_tab_beside_wpcd_s() {
		$this->sign_in_as( 'administrator' );
		$own    = array( 'wordpress-app-email-gateway' => array( 'label' => 'Email Gateway' ) );
		$labels = wp_list_pluck( apply_filters( 'wpcd_wordpress-app_settings_tabs', $own ), 'label' );
		$this->assertSame( array( 'Email Gateway', 'Email Gateway Plugin' ), array_values( $labels ) );
		foreach ( array( 'administrator' => 1, 'editor' => 0 ) as $role => $expected ) {
			$this->sign_in_as( $role );
			$this->assertCount( $expected, apply_filters( 'wpcd_wordpress-app_settings_tabs', array() ) );
			$fields = apply_filters( 'wpcd_wordpress-app_settings_fields', array() );
			$this->assertCount( $expected, $fields );
			$GLOBALS['wp_scripts'] = null;
			set_current_screen( 'wpcd_app_server_page_wpcd_settings' );
			get_current_screen()->post_type = Wpcd_Servers::POST_TYPE;
			do_action( 'admin_enqueue_scripts', 'wpcd_app_server_page_wpcd_settings' );
			$this->assertSame( (bool) $expected, wp_script_is( 'email-gateway-settings' ) );
		}
	}

	/**
	 * Our own servers have no menu of their own there.
	 */
	public function test_our_own_list_is_not_offered() {
		$this->sign_in_as( 'administrator' );
		$this->assertFalse( has_filter( 'manage_email_gateway_server_posts_columns' ) );
		$this->assertSame( array(), $this->boxes_of( $this->make_wpcd_server( get_current_user_id() ) ) );
	}

	/**
	 * Boxes of ours that WordPress would show.
	 *
	 * @param int $server_id Of a server.
	 */
	private function boxes_of( int $server_id ): array {
		global $wp_meta_boxes;
		$wp_meta_boxes = array();
		set_current_screen( Wpcd_Servers::POST_TYPE );
		do_action( 'add_meta_boxes', Wpcd_Servers::POST_TYPE, get_post( $server_id ) );
		$ids = array_keys( $wp_meta_boxes[ Wpcd_Servers::POST_TYPE ]['normal']['high'] ?? array() );
		return array_filter(
			$ids,
			static function ( string $id ) {
				return 0 === strpos( $id, 'email-gateway' );
			}
		);
	}

	/**
	 * What the script hears on a page outside wp-admin; null where it is not loaded.
	 *
	 * @param int $post_id Which is shown alone.
	 */
	private function public_page_of( int $post_id ): ?array {
		$GLOBALS['wp_scripts'] = null;
		$GLOBALS['wp_styles']  = null;
		$query                 = new \WP_Query();
		$query->is_singular    = true;
		$query->queried_object = get_post( $post_id );
		$query->queried_object_id = $post_id;
		$GLOBALS['wp_query']      = $query; // the page of a visitor.
		set_current_screen( 'front' );
		do_action( 'wp_enqueue_scripts' );
		if ( ! wp_script_is( 'email-gateway-metabox' ) ) {
			return null;
		}
		preg_match( '/^window\.emailGateway = (.*);$/', wp_scripts()->get_data( 'email-gateway-metabox', 'before' )[1], $found );
		return json_decode( $found[1], true );
	}
}
