<?php
/**
 * What other plugins hold on to.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * The example plugin of docs/extending.md does what it says.
 */
class Extending_Test extends Doorman_Test_Case {

	/**
	 * Loads it.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->load();
	}

	/**
	 * It widens a permission, and no other.
	 */
	public function test_the_example_lets_editors_see_mail_logs() {
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
		$this->sign_in_as( 'editor' );
		$this->assertTrue( current_user_can( 'email_gateway_see_mail_log', $server_id ) );
		$this->assertFalse( current_user_can( 'email_gateway_run_gateway', $server_id ) );
		$this->sign_in_as( 'author' );
		$this->assertFalse( current_user_can( 'email_gateway_see_mail_log', $server_id ) );
	}

	/**
	 * It hears of what the backend accepted, and of nothing that it refused or that was only read.
	 */
	public function test_the_example_hears_of_an_install() {
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
		$this->answer_with( 409, '{"code":"server_busy","message":"","data":{"status":409}}' );
		$this->call( 'POST', "/servers/{$server_id}/gateway/install", array( 'body' => '{}' ) );
		$this->answer_with( 202, '{"jobId":"6f1c2f0a-6c0e-4f3e-9b39-0a5d3b1f7c11"}' );
		$this->call( 'GET', "/servers/{$server_id}" );
		$this->call( 'POST', "/servers/{$server_id}/gateway/preview", array( 'body' => '{}' ) );
		$this->assertFalse( get_option( 'email_gateway_example_last_install' ) );
		$answer = $this->call( 'POST', "/servers/{$server_id}/gateway/install", array( 'body' => '{}' ) );
		$this->assertSame( 202, $answer->get_status() );
		$note = get_option( 'email_gateway_example_last_install' );
		$this->assertSame( array( $server_id, wp_get_current_user()->user_login ), array( $note['server'], $note['by'] ) );
	}

	/**
	 * Its script is loaded with that of the screen, and nowhere else.
	 */
	public function test_the_example_loads_its_script_beside_ours() {
		\Email_Gateway_Example\enqueue();
		$this->assertFalse( wp_script_is( 'email-gateway-example' ) );
		wp_enqueue_script( 'email-gateway-metabox', '/metabox.js', array(), '1', true );
		\Email_Gateway_Example\enqueue();
		$this->assertTrue( wp_script_is( 'email-gateway-example' ) );
		wp_dequeue_script( 'email-gateway-metabox' );
		wp_dequeue_script( 'email-gateway-example' );
	}

	/**
	 * Hooks are taken back after each test, functions stay: the file is read once, its hooks are added each time.
	 */
	private function load(): void {
		if ( ! function_exists( 'Email_Gateway_Example\enqueue' ) ) {
			require dirname( __DIR__, 2 ) . '/docs/example-plugin/email-gateway-example.php';
			return;
		}
		add_filter( 'email_gateway_see_mail_log', 'Email_Gateway_Example\let_editors_see_mail_logs', 10, 2 );
		add_action( 'email_gateway_accepted', 'Email_Gateway_Example\note_installs', 10, 2 );
		add_action( 'admin_enqueue_scripts', 'Email_Gateway_Example\enqueue' );
	}
}
