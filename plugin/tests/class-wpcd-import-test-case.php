<?php
/**
 * A test of taking over from WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * Beside its own email gateway, with a backend that takes what it is sent.
 */
abstract class Wpcd_Import_Test_Case extends Wpcd_Test_Case {

	/**
	 * Saves what WPCloudDeploy saves.
	 */
	protected function setUp(): void {
		parent::setUp();
		$defaults = array(
			'wpcd_email_gateway_smtp_server'   => 'smtp.all.example:2525',
			'wpcd_email_gateway_smtp_user'     => 'all@all.example',
			'wpcd_email_gateway_smtp_password' => 'password-of-all',
			'wpcd_email_gateway_smtp_domain'   => 'all.example',
			'wpcd_email_gateway_smtp_note'     => "two\nlines",
		);
		update_option( 'wpcd_settings', $defaults + get_option( 'wpcd_settings' ) );
	}
}
