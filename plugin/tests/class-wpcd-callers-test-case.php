<?php
/**
 * A test of who sees what beside WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Servers\Wpcd_Servers;

/**
 * Those who ask, and what they may.
 */
abstract class Wpcd_Callers_Test_Case extends Wpcd_Test_Case {

	const ALL    = array( 'manage_site', 'manage_defaults', 'change_connection', 'run_gateway', 'see_audit', 'see_mail_log' );

	/**
	 * Signs in as one kind of caller.
	 *
	 * @param string $caller    As above.
	 * @param int    $server_id The server in question.
	 */
	protected function be_caller( string $caller, int $server_id ): void {
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
	protected function tab( int $server_id ): array {
		$fields = apply_filters( 'wpcd_server_wordpress-app_get_tabs', array(), $server_id );
		return array_column( wp_list_filter( $fields, array( 'tab' => 'email-gateway' ) ), 'std' );
	}

	/**
	 * What the script hears on the screen of a server.
	 *
	 * @param int $server_id Of a server.
	 */
	protected function page_at( int $server_id ): array {
		$GLOBALS['wp_scripts'] = null;
		$GLOBALS['post']       = get_post( $server_id );
		set_current_screen( Wpcd_Servers::POST_TYPE );
		do_action( 'admin_enqueue_scripts', 'post.php' );
		$this->assertTrue( wp_script_is( 'email-gateway-metabox' ) );
		preg_match( '/^window\.emailGateway = (.*);$/', wp_scripts()->get_data( 'email-gateway-metabox', 'before' )[1], $found );
		return json_decode( $found[1], true );
	}
}
