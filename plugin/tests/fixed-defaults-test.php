<?php
/**
 * Default settings that are fixed.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fixed_Defaults;

/**
 * How fixed values reach the backend, and stay as they are.
 */
class Fixed_Defaults_Test extends Fixed_Defaults_Test_Case {

	const PASSWORD = 'p#$a:s "s\'`ü😀 <%41>';

	/**
	 * Environment, constant, saved. A constant cannot be taken back, so this has a process of its own.
	 *
	 * @runInSeparateProcess
	 * @preserveGlobalState disabled
	 */
	public function test_the_environment_counts_before_a_constant() {
		define( 'EMAIL_GATEWAY_SMTP_DOMAIN', 'constant.example' );
		$constant = array( 'name' => 'EMAIL_GATEWAY_SMTP_DOMAIN', 'from' => 'constant', 'value' => 'constant.example' );
		$this->assertSame( array( 'sendingDomain' => $constant ), Fixed_Defaults::shown() );
		putenv( 'EMAIL_GATEWAY_SMTP_DOMAIN=environment.example' );
		$this->assertSame( 'environment.example', Fixed_Defaults::shown()['sendingDomain']['value'] );
		$this->assertSame( 'environment', Fixed_Defaults::shown()['sendingDomain']['from'] );
	}

	/**
	 * Whoever opens a page of wp-admin next hands them over, once, with what else is saved, byte for byte.
	 */
	public function test_changed_values_are_handed_over_once() {
		putenv( 'EMAIL_GATEWAY_SMTP_PORT=2525' );
		putenv( 'EMAIL_GATEWAY_SMTP_SERVER=fixed.example.com' );
		putenv( 'EMAIL_GATEWAY_SMTP_USER=fixed' );
		putenv( 'EMAIL_GATEWAY_SMTP_PASSWORD=' . self::PASSWORD );
		$this->sign_in_as( 'subscriber' );
		$this->answer_with( 200, self::SAVED );
		$this->open_a_page();
		$this->open_a_page();

		$this->assertSame( array( 'GET', 'PUT' ), array_column( $this->sent, 'method' ) );
		$this->assertStringEndsWith( '/v1/accounts', $this->sent[1]['url'] );
		$told = json_decode( $this->sent[1]['body'], true )['account'];
		$this->assertSame( array(), array_diff( array_keys( $told ), \Email_Gateway\Default_Account::SAVED, array( 'password' ) ) );
		$this->assertSame( array( 'use' => 'typed', 'value' => self::PASSWORD ), $told['password'] );
		$this->assertSame( array( 2525, 'fixed.example.com', 'mine' ), array( $told['smtpPort'], $told['smtpServer'], $told['note'] ) );
		$this->assertArrayNotHasKey( 'version', $told );

		putenv( 'EMAIL_GATEWAY_SMTP_PORT=587' );
		$this->open_a_page();
		$this->assertCount( 4, $this->sent );
	}

	/**
	 * What a screen asks is asked at once: nothing of another kind goes before it, changed values or not. Nor before
	 * what WordPress's own scripts ask.
	 */
	public function test_no_request_of_a_screen_waits_for_the_values() {
		putenv( 'EMAIL_GATEWAY_SMTP_PORT=2525' );
		$server_id = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$this->call( 'GET', "/servers/{$server_id}" );
		add_filter( 'wp_doing_ajax', '__return_true' );
		$this->open_a_page();
		$this->assertSame( array( 'GET' ), array_column( $this->sent, 'method' ) );
		$this->assertStringEndsWith( "/v1/servers/{$server_id}", $this->sent[0]['url'] );
	}

	/**
	 * What the backend refuses does not slow down the pages of the next minute.
	 */
	public function test_a_refused_value_is_not_tried_at_every_page() {
		putenv( 'EMAIL_GATEWAY_SMTP_PORT=many' );
		$this->sign_in_as( 'subscriber' );
		$this->answer_in_turn( array( array( 200, self::SAVED ), array( 422, '{"code":"invalid_request"}' ), array( 200, '{}' ) ) );
		$this->open_a_page();
		$this->open_a_page();
		$this->assertSame( array( 'GET', 'PUT' ), array_column( $this->sent, 'method' ) );
	}

	/**
	 * A backend that is paired with gets them at once.
	 */
	public function test_pairing_hands_them_over() {
		putenv( 'EMAIL_GATEWAY_SMTP_SERVER=fixed.example.com' );
		$this->sign_in_as( 'administrator' );
		$paired = '{"keyId":"site-7","audience":"https://backend.example.org","version":"0.1.0"}';
		$this->answer_in_turn( array( array( 200, $paired ), array( 200, self::SAVED ) ) );
		$this->call( 'POST', '/pairing', array( 'body' => '{"backendUrl":"https://backend.example.org","code":"code"}' ) );
		$this->assertSame( array( 'POST', 'GET', 'PUT' ), array_column( $this->sent, 'method' ) );
		$this->assertStringContainsString( 'fixed.example.com', $this->sent[2]['body'] );
	}

	/**
	 * What was saved with them in it need not be handed over; what the backend refused is.
	 */
	public function test_saving_hands_them_over() {
		putenv( 'EMAIL_GATEWAY_SMTP_SERVER=fixed.example.com' );
		$this->sign_in_as( 'administrator' );
		$body = '{"account":{"isDefault":true,"smtpServer":"mine.example.net","smtpPort":587}}';
		$this->answer_in_turn( array( array( 422, '{"code":"invalid_request","message":"No."}' ), array( 200, self::SAVED ) ) );
		$this->call( 'PUT', '/accounts', array( 'body' => $body ) );
		$this->assertFalse( get_option( Fixed_Defaults::DIGEST_OPTION ) );
		$this->call( 'PUT', '/accounts', array( 'body' => $body ) );
		$this->open_a_page();
		$this->assertSame( array( 'PUT', 'PUT' ), array_column( $this->sent, 'method' ) );
	}

	/**
	 * Saving cannot overwrite them.
	 */
	public function test_saving_keeps_what_is_fixed() {
		putenv( 'EMAIL_GATEWAY_SMTP_SERVER=fixed.example.com' );
		putenv( 'EMAIL_GATEWAY_SMTP_USER=fixed' );
		putenv( 'EMAIL_GATEWAY_SMTP_PASSWORD=' . self::PASSWORD );
		$this->sign_in_as( 'administrator' );
		$this->answer_with( 200, self::SAVED );
		$body = '{"account":{"isDefault":true,"smtpServer":"mine.example.net","smtpPort":587,"userName":"me","sendingDomain":"example.com","note":"","password":{"use":"saved"}}}';
		$this->call( 'PUT', '/accounts', array( 'body' => $body ) );
		$told = json_decode( end( $this->sent )['body'], true )['account'];
		$this->assertSame( 'fixed.example.com', $told['smtpServer'] );
		$this->assertSame( array( 'use' => 'typed', 'value' => self::PASSWORD ), $told['password'] );
		$this->assertSame( 587, $told['smtpPort'] );
	}
}
