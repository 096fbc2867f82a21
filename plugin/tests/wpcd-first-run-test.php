<?php
/**
 * The first run beside WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * What its steps begin with.
 */
class Wpcd_First_Run_Test extends Wpcd_Test_Case {

	/**
	 * The first run begins with servers that are there: the settings know them, and which of them are connected.
	 */
	public function test_the_settings_know_which_servers_are_connected() {
		$this->sign_in_as( 'administrator' );
		$other = $this->make_wpcd_server( get_current_user_id(), array( 'wpcd_server_server-type' => 'vpn' ) );
		$first = $this->make_wpcd_server( get_current_user_id() );
		$next  = $this->make_wpcd_server( get_current_user_id() );
		$this->answer_with( 200, wp_json_encode( array( 'servers' => array( array( 'serverId' => $first, 'state' => 'working' ), array( 'serverId' => $next, 'state' => 'not_connected' ) ) ) ) );
		$page = $this->settings_page();
		$this->assertSame( array( true, false, array( $first ) ), array( $page['hasPanel'], $page['mayAddServers'], $page['connected'] ) );
		$this->assertNotContains( $other, array_column( $page['servers'], 'id' ) );
		$this->assertStringContainsString( (string) $next, (string) end( $this->sent )['url'] );
		$this->be_unreachable( 'Connection refused' );
		$this->assertNull( $this->settings_page()['connected'] );
	}

	/**
	 * What the script hears on Settings → Email Gateway.
	 */
	private function settings_page(): array {
		$GLOBALS['wp_scripts'] = null;
		set_current_screen( 'settings_page_email-gateway' );
		do_action( 'admin_enqueue_scripts', 'settings_page_email-gateway' );
		preg_match( '/^window\.emailGateway = (.*);$/', wp_scripts()->get_data( 'email-gateway-settings', 'before' )[1], $found );
		return json_decode( $found[1], true );
	}
}
