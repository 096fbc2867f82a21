<?php
/**
 * The fixed password.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fixed_Defaults;
use Email_Gateway\Settings_Page;

/**
 * Where the fixed password goes, and where it does not.
 */
class Fixed_Defaults_Secrecy_Test extends Fixed_Defaults_Test_Case {

	/**
	 * Who may save the defaults, and not read the environment, must not send its password to a server of their own.
	 */
	public function test_a_fixed_password_goes_to_no_server_and_user_that_the_form_names() {
		putenv( 'EMAIL_GATEWAY_SMTP_PASSWORD=never-for-yours-3' );
		$this->sign_in_as( 'administrator' );
		$this->answer_with( 200, self::SAVED );
		$body = '{"account":{"isDefault":true,"smtpServer":"mine.example.net","smtpPort":587,"userName":"me","sendingDomain":"example.com","note":"","password":{"use":"saved"}}}';
		foreach ( array( 'EMAIL_GATEWAY_SMTP_PORT=587', 'EMAIL_GATEWAY_SMTP_SERVER=fixed.example.com' ) as $also ) {
			putenv( $also );
			$this->call( 'PUT', '/accounts', array( 'body' => $body ) );
		}
		$bodies = implode( '', array_column( $this->sent, 'body' ) );
		$this->assertStringContainsString( 'fixed.example.com', $bodies );
		$this->assertStringNotContainsString( 'never-for-yours-3', $bodies );
		$this->assertArrayNotHasKey( 'password', Fixed_Defaults::shown() );
	}

	/**
	 * The database and the pages hold no password; a customer's page none of the values.
	 */
	public function test_the_password_is_kept_and_printed_nowhere() {
		global $wpdb;
		putenv( 'EMAIL_GATEWAY_SMTP_PASSWORD=never-stored-1' );
		putenv( 'EMAIL_GATEWAY_SMTP_USER=never-told-2' );
		putenv( 'EMAIL_GATEWAY_SMTP_SERVER=fixed.example.com' );
		$this->sign_in_as( 'subscriber' );
		$this->answer_with( 200, self::SAVED );
		$this->open_a_page();
		$this->assertStringContainsString( 'never-stored-1', $this->sent[1]['body'] );
		$stored = wp_json_encode( $wpdb->get_results( "SELECT * FROM {$wpdb->options}" ) );
		$this->assertStringContainsString( Fixed_Defaults::DIGEST_OPTION, $stored );
		$this->assertStringNotContainsString( 'never-stored-1', $stored );

		$this->assertStringNotContainsString( 'never-told-2', $this->printed_for( 'subscriber' ) );
		$printed = $this->printed_for( 'administrator' );
		$this->assertStringContainsString( 'never-told-2', $printed );
		$this->assertStringNotContainsString( 'never-stored-1', $printed );
	}

	/**
	 * What is printed before the script of the settings page.
	 *
	 * @param string $role Who looks.
	 */
	private function printed_for( string $role ): string {
		$this->sign_in_as( $role );
		$GLOBALS['wp_scripts'] = null;
		set_current_screen( 'settings_page_' . Settings_Page::SLUG );
		do_action( 'admin_enqueue_scripts', 'settings_page_' . Settings_Page::SLUG );
		return implode( '', wp_scripts()->get_data( 'email-gateway-settings', 'before' ) );
	}
}
