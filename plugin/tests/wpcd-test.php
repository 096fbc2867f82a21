<?php
/**
 * Beside WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Contract;
use Email_Gateway\Servers\Wpcd_Servers;

/**
 * Its servers are the servers, its functions decide, its keys open them.
 */
class Wpcd_Test extends Wpcd_Test_Case {

	const JOB_ID = '6f1c2f0a-6c0e-4f3e-9b39-0a5d3b1f7c11';
	const ALL    = array( 'manage_site', 'manage_defaults', 'change_connection', 'run_gateway', 'see_audit', 'see_mail_log' );

	/** What each caller may do with the server in question, and thereby which routes let them through. */
	const MAY = array(
		'nobody'         => array(),
		'subscriber'     => array(),
		'another owner'  => array(),
		'shop_manager'   => array(),
		'owner'          => array( 'run_gateway', 'see_mail_log' ),
		'owner kept out' => array(),
		'team member'    => array( 'run_gateway', 'see_mail_log' ),
		'of other team'  => array(),
		'administrator'  => self::ALL,
	);

	/**
	 * Lets through whom WPCloudDeploy's functions let, with exactly the routes of their permissions.
	 *
	 * @dataProvider callers
	 *
	 * @param string $caller One of MAY.
	 */
	public function test_routes_let_through_whom_wpcd_lets( string $caller ) {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'subscriber' ) );
		$this->be_caller( $caller, $server_id );
		foreach ( Contract::routes() as $name => $route ) {
			$this->sent = array();
			$path       = strtr( $route['path'], array( ':serverId' => $server_id, ':jobId' => self::JOB_ID ) );
			$more       = 'GET' === $route['method'] ? array( 'query' => array( 'ids' => "{$server_id}" ) ) : array( 'body' => '{}' );
			$answer     = $this->call( $route['method'], $path, $more );
			if ( ! in_array( $route['access'], self::MAY[ $caller ], true ) ) {
				$this->assertSame( 'nobody' === $caller ? 401 : 403, $answer->get_status(), $name );
				$this->assertSame( array(), $this->sent, $name );
				continue;
			}
			$this->assertSame( 200, $answer->get_status(), $name );
			$this->assertSame( self::MAY[ $caller ], $this->actor()['may'], $name );
			$this->assertSame( ! empty( $route['sendsConnection'] ), null !== $this->connection(), "{$name}: a key goes with what starts a job, and with nothing else" );
		}
	}

	/**
	 * All of them.
	 */
	public static function callers(): array {
		return array_map(
			static function ( string $caller ) {
				return array( $caller );
			},
			array_combine( array_keys( self::MAY ), array_keys( self::MAY ) )
		);
	}

	/**
	 * WPCloudDeploy's functions take 0 for whoever is signed in; ours must not.
	 */
	public function test_nobody_is_not_the_current_user() {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		$this->assertTrue( wpcd_is_admin( 0 ) );
		foreach ( self::ALL as $permission ) {
			$this->assertFalse( user_can( 0, "email_gateway_{$permission}", $server_id ), $permission );
		}
	}

	/**
	 * Neither a post of ours nor another kind of WPCloudDeploy's servers is one.
	 */
	public function test_only_wordpress_servers_of_wpcd_are_servers() {
		$user_id = $this->sign_in_as( 'administrator' );
		$others  = array(
			$this->make_server( $user_id ),
			$this->make_wpcd_server( $user_id, array( 'wpcd_server_server-type' => 'vpn' ) ),
			wp_insert_post( array( 'post_type' => 'page', 'post_title' => 'A page', 'post_status' => 'publish' ) ),
		);
		foreach ( $others as $id ) {
			$this->assertSame( 403, $this->call( 'GET', "/servers/{$id}" )->get_status() );
		}
		$trashed = $this->make_wpcd_server( $user_id );
		wp_trash_post( $trashed );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$trashed}" )->get_status() );
	}

	/**
	 * The key of the provider, or the server's own with its own user.
	 */
	public function test_the_key_is_the_server_s_own_or_its_provider_s() {
		$user_id  = $this->sign_in_as( 'administrator' );
		$provided = $this->make_wpcd_server( $user_id );
		$this->call( 'POST', "/servers/{$provided}/connection/check", array( 'body' => '{}' ) );
		$expected = array(
			'from'       => 'wpclouddeploy',
			'host'       => self::ADDRESS,
			'sshPort'    => 22,
			'sshUser'    => 'root',
			'privateKey' => self::KEY,
			'passphrase' => 'passphrase of the provider',
		);
		$this->assertSame( $expected, $this->connection() );

		$meta = array(
			'wpcd_server_ssh_root_user'   => 'admin',
			'wpcd_server_ssh_private_key' => WPCD()->encrypt( "of its own\r\n" ),
		);
		$own  = $this->make_wpcd_server( $user_id, $meta );
		$this->call( 'POST', "/servers/{$own}/connection/check", array( 'body' => '{}' ) );
		$this->assertEquals( array( 'sshUser' => 'admin', 'privateKey' => "of its own\n", 'passphrase' => null ) + $expected, $this->connection() );

		update_option( 'wpcd_settings', array( 'vpn_aws_sshkey' => WPCD()->encrypt( self::KEY ) ) );
		$at_aws = $this->make_wpcd_server( $user_id, array( 'wpcd_server_provider' => 'aws' ) );
		$this->call( 'POST', "/servers/{$at_aws}/connection/check", array( 'body' => '{}' ) );
		$this->assertSame( array( 'ubuntu', null ), array( $this->connection()['sshUser'], $this->connection()['passphrase'] ) );
	}

	/**
	 * A job goes to where the cloud says that the server is, as WPCloudDeploy's own do; the records count where the
	 * cloud does not answer. The screen shows the records at once and hears the rest by a route of its own.
	 */
	public function test_a_job_goes_to_the_address_that_the_cloud_tells() {
		$cloud     = array( 'vpn_lab_ipv4' => '203.0.113.8' );
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ), array( 'wpcd_server_provider_instance_id' => 'i-1' ) );
		$hosts     = function () use ( $server_id ) {
			$this->call( 'POST', "/servers/{$server_id}/connection/check", array( 'body' => '{}' ) );
			return array( $this->connection()['host'], $this->call( 'GET', "/servers/{$server_id}/address" )->get_data()['host'] );
		};
		$this->assertSame( array( self::ADDRESS, self::ADDRESS ), $hosts(), 'the cloud is not set up' );
		update_option( 'wpcd_settings', $cloud + get_option( 'wpcd_settings' ) );
		$this->assertSame( array( '203.0.113.8', '203.0.113.8' ), $hosts() );
		$this->assertSame( self::ADDRESS, $this->page_at( $server_id )['address']['host'] );
		delete_post_meta( $server_id, 'wpcd_server_provider_instance_id' );
		$this->assertSame( array( self::ADDRESS, self::ADDRESS ), $hosts(), 'the cloud does not know it' );
	}

	/**
	 * Where a server is and who signs in there is for who may change the connection, and comes without a key.
	 */
	public function test_the_address_is_told_to_administrators_only() {
		$owner     = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_wpcd_server( $owner );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$server_id}/address" )->get_status() );
		wp_set_current_user( 0 );
		$this->assertSame( 401, $this->call( 'GET', "/servers/{$server_id}/address" )->get_status() );
		$this->sign_in_as( 'administrator' );
		$answer = $this->call( 'GET', "/servers/{$server_id}/address" );
		$this->assertSame( array( 'from', 'host', 'sshPort', 'sshUser' ), array_keys( $answer->get_data() ) );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * The last word on the user has WPCloudDeploy's filter, with which shops sign in as somebody else than root.
	 */
	public function test_the_user_is_filtered_as_wpcd_filters_it() {
		add_filter(
			'wpcd_exec_ssh_user',
			static function ( string $user ) {
				return 'root' === $user ? 'deploy' : $user;
			}
		);
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		$this->call( 'POST', "/servers/{$server_id}/connection/check", array( 'body' => '{}' ) );
		$this->assertSame( 'deploy', $this->connection()['sshUser'] );
		$this->assertSame( 'deploy', $this->page_at( $server_id )['address']['sshUser'] );
	}

	/**
	 * Without address or key nothing is asked of the backend.
	 */
	public function test_a_server_without_address_or_key_is_said_to_have_none() {
		$user_id = $this->sign_in_as( 'administrator' );
		$broken  = array(
			'address' => array( 'wpcd_server_ipv4' => '' ),
			'key'     => array( 'wpcd_server_provider' => 'unknown' ),
		);
		foreach ( $broken as $reason => $meta ) {
			$answer = $this->call( 'POST', '/servers/' . $this->make_wpcd_server( $user_id, $meta ) . '/gateway/install', array( 'body' => '{}' ) );
			$this->assertSame( array( 409, 'connection_not_supplied', $reason ), array( $answer->get_status(), $answer->get_data()['code'], $answer->get_data()['data']['reason'] ) );
		}
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * No browser can bring a connection along, and none gets to see the key.
	 */
	public function test_a_browser_neither_sets_nor_sees_the_key() {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		$request   = new \WP_REST_Request( 'POST', "/email-gateway/v1/servers/{$server_id}/gateway/test" );
		$request->set_header( 'Email-Gateway-Connection', 'eyJob3N0IjoiZXZpbCJ9' );
		$request->set_header( 'Content-Type', 'application/json' );
		$request->set_body( '{"to":"me@example.com","connection":{"host":"evil"}}' );
		$answer = rest_do_request( $request );
		$this->assertSame( self::ADDRESS, $this->connection()['host'] );
		$seen = wp_json_encode( $answer->get_data() ) . wp_json_encode( $this->page_at( $server_id ) ) . implode( $this->tab( $server_id ) );
		$this->assertStringNotContainsString( 'of the provider', $seen );
		$this->assertStringContainsString( self::ADDRESS, $seen );
	}

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
	 * Deleting a server there lets the backend forget it.
	 */
	public function test_a_deleted_server_is_forgotten() {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		wp_delete_post( $server_id, true );
		$this->assertStringEndsWith( "/v1/servers/{$server_id}/forget", $this->sent[0]['url'] );
		$this->assertNull( $this->connection() );
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
	 * Signs in as one kind of caller.
	 *
	 * @param string $caller    As above.
	 * @param int    $server_id The server in question.
	 */
	private function be_caller( string $caller, int $server_id ): void {
		$owner = (int) get_post( $server_id )->post_author;
		if ( 'owner kept out' === $caller ) {
			$key = 'wpcd_wpapp_server_security_exception_live-servers_server-owner_services';
			update_option( 'wpcd_settings', array( $key => '1' ) + get_option( 'wpcd_settings' ) );
		}
		if ( in_array( $caller, array( 'owner', 'owner kept out', 'nobody' ), true ) ) {
			wp_set_current_user( 'nobody' === $caller ? 0 : $owner );
			return;
		}
		$is_role = in_array( $caller, array( 'administrator', 'subscriber' ), true );
		$user_id = $this->sign_in_as( $is_role ? $caller : ( 'shop_manager' === $caller ? 'editor' : 'subscriber' ) );
		if ( 'another owner' === $caller ) {
			$this->make_wpcd_server( $user_id );
		} elseif ( 'team member' === $caller ) {
			add_post_meta( $server_id, 'wpcd_stand_in_team', "view_wpapp_server_services_tab:{$user_id}" );
		} elseif ( 'of other team' === $caller ) {
			add_post_meta( $server_id, 'wpcd_stand_in_team', "view_wpapp_server_power_tab:{$user_id}" );
		}
	}

	/**
	 * What stands in our tab, if it is there.
	 *
	 * @param int $server_id Whose screen.
	 * @return string[] HTML.
	 */
	private function tab( int $server_id ): array {
		$fields = apply_filters( 'wpcd_server_wordpress-app_get_tabs', array(), $server_id );
		return array_column( wp_list_filter( $fields, array( 'tab' => 'email-gateway' ) ), 'std' );
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

	/**
	 * What the script hears on the screen of a server.
	 *
	 * @param int $server_id Of a server.
	 */
	private function page_at( int $server_id ): array {
		$GLOBALS['wp_scripts'] = null;
		$GLOBALS['post']       = get_post( $server_id );
		set_current_screen( Wpcd_Servers::POST_TYPE );
		do_action( 'admin_enqueue_scripts', 'post.php' );
		$this->assertTrue( wp_script_is( 'email-gateway-metabox' ) );
		preg_match( '/^window\.emailGateway = (.*);$/', wp_scripts()->get_data( 'email-gateway-metabox', 'before' )[1], $found );
		return json_decode( $found[1], true );
	}
}
