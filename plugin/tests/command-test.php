<?php
/**
 * The plugin on the command line, and a certificate authority of one's own.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Command;
use Email_Gateway\Pairing;
use RuntimeException;
use WP_CLI;

/**
 * Pairing from a terminal.
 */
class Command_Test extends Doorman_Test_Case {

	/**
	 * Nothing is paired yet, and the backend answers.
	 */
	protected function setUp(): void {
		parent::setUp();
		require_once __DIR__ . '/class-overheard-wp-cli.php';
		WP_CLI::$said = array();
		delete_option( Pairing::OPTION );
		$this->answer_with( 200, '{"keyId":"site-7","audience":"https://backend.example.org","version":"0.1.0"}' );
	}

	/**
	 * Types `wp email-gateway pair` with options.
	 *
	 * @param string[] $named Options.
	 */
	private function type( array $named ): void {
		$pairing = new Pairing();
		( new Command( $pairing, new Backend_Client( $pairing ) ) )->pair( array(), $named );
	}

	/**
	 * The line is typed as it was printed, also with what a terminal adds to it.
	 */
	public function test_the_printed_line_pairs() {
		$this->type( array( 'line' => "  https://backend.example.org 7Q2F-K3MW\n" ) );
		$this->assertSame( array( 'success: Paired with https://backend.example.org as ' . Pairing::site_url() . '.' ), WP_CLI::$said );
		$this->assertSame( 'https://backend.example.org/v1/pair', $this->sent[0]['url'] );
		$this->assertSame( '7Q2F-K3MW', json_decode( $this->sent[0]['body'], true )['code'] );
		$this->assertTrue( ( new Pairing() )->is_usable() );
	}

	/**
	 * So do its two halves.
	 */
	public function test_address_and_code_pair() {
		$this->type( array( 'backend' => 'https://backend.example.org', 'code' => '7Q2F-K3MW' ) );
		$this->assertTrue( ( new Pairing() )->is_usable() );
	}

	/**
	 * What is no such line is said to be none, and nobody is asked.
	 *
	 * @dataProvider other_lines
	 *
	 * @param string[] $named Options.
	 */
	public function test_another_line_asks_nobody( array $named ) {
		try {
			$this->type( $named );
			$this->fail( 'It was taken.' );
		} catch ( RuntimeException $error ) {
			$this->assertStringContainsString( 'Pass --line with the line', $error->getMessage() );
		}
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * Options.
	 */
	public static function other_lines(): array {
		return array(
			'nothing'            => array( array() ),
			'the address alone'  => array( array( 'line' => 'https://backend.example.org' ) ),
			'the code alone'     => array( array( 'line' => '7Q2F-K3MW' ) ),
			'two lines'          => array( array( 'line' => "https://backend.example.org 7Q2F-K3MW\nhttps://other.example.org 7Q2F" ) ),
			'no code apart'      => array( array( 'backend' => 'https://backend.example.org' ) ),
			'no address apart'   => array( array( 'code' => '7Q2F-K3MW' ) ),
		);
	}

	/**
	 * A code that the backend refuses is said in its words, and the present pairing stays as it is.
	 */
	public function test_a_refusal_is_said() {
		$this->answer_with( 403, '{"code":"pairing_code_invalid","message":"No such code."}' );
		try {
			$this->type( array( 'line' => 'https://backend.example.org 7Q2F-K3MW' ) );
			$this->fail( 'It was taken.' );
		} catch ( RuntimeException $error ) {
			$this->assertStringContainsString( 'pairing_code_invalid: No such code.', $error->getMessage() );
		}
		$this->assertFalse( get_option( Pairing::OPTION ) );
	}

	/**
	 * Certificates are checked by what WordPress trusts, until wp-config.php names an authority; then by that one. In a process
	 * of its own, since a constant stays.
	 *
	 * @runInSeparateProcess
	 * @preserveGlobalState disabled
	 */
	public function test_an_authority_of_ones_own_takes_one_constant() {
		$this->type( array( 'line' => 'https://backend.example.org 7Q2F-K3MW' ) );
		$this->assertSame( ABSPATH . WPINC . '/certificates/ca-bundle.crt', $this->sent[0]['sslcertificates'] );
		define( 'EMAIL_GATEWAY_CA_FILE', '/etc/ssl/own-authority.pem' );
		$this->type( array( 'line' => 'https://backend.example.org 7Q2F-K3MW' ) );
		$this->assertSame( '/etc/ssl/own-authority.pem', $this->sent[1]['sslcertificates'] );
		$this->assertTrue( $this->sent[1]['sslverify'] );
	}
}
