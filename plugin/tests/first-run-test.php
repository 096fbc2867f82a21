<?php
/**
 * After activation: where to begin.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\First_Run;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;

/**
 * One redirect, one notice, and a server that is added without its edit screen.
 */
class First_Run_Test extends Doorman_Test_Case {

	/**
	 * Where the last redirect led; null for none.
	 *
	 * @var string|null
	 */
	private $led_to;

	/**
	 * No redirect leaves the test.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->led_to = null;
		add_filter(
			'wp_redirect',
			function ( string $address ) {
				$this->led_to = $address;
				throw new \RuntimeException( 'redirected' );
			}
		);
	}

	/**
	 * Who activates it is led to the steps, once.
	 */
	public function test_activation_leads_to_the_steps_once() {
		delete_option( Pairing::OPTION );
		$this->sign_in_as( 'administrator' );
		First_Run::remember( false );
		$this->assertSame( admin_url( 'options-general.php?page=email-gateway' ), $this->lead() );
		$this->assertNull( $this->lead() );
	}

	/**
	 * Not among several plugins, not for a network, not on a site that is paired, not for who may not pair it.
	 */
	public function test_nobody_is_led_where_that_is_a_nuisance() {
		$this->sign_in_as( 'administrator' );
		First_Run::remember( false );
		$this->assertNull( $this->lead(), 'a paired site' );
		delete_option( Pairing::OPTION );
		First_Run::remember( true );
		$this->assertNull( $this->lead(), 'a network' );
		First_Run::remember( false );
		$_GET['activate-multi'] = 'true';
		$this->assertNull( $this->lead(), 'one of several' );
		unset( $_GET['activate-multi'] );
		$this->sign_in_as( 'editor' );
		First_Run::remember( false );
		$this->assertNull( $this->lead(), 'an editor' );
	}

	/**
	 * Under Plugins the notice stays until the site is paired; elsewhere there is none.
	 */
	public function test_a_notice_says_where_to_begin_until_the_site_is_paired() {
		$this->sign_in_as( 'administrator' );
		$this->assertSame( '', $this->notice( 'plugins' ) );
		delete_option( Pairing::OPTION );
		$this->assertStringContainsString( 'Set Up Email Gateway', $this->notice( 'plugins' ) );
		$this->assertSame( '', $this->notice( 'dashboard' ) );
		$this->sign_in_as( 'subscriber' );
		$this->assertSame( '', $this->notice( 'plugins' ) );
	}

	/**
	 * An administrator adds a server by its name; a customer does not.
	 */
	public function test_a_server_is_added_by_who_may() {
		$this->sign_in_as( 'subscriber' );
		$this->assertSame( 403, $this->add( 'web1' )->get_status() );
		$this->sign_in_as( 'administrator' );
		$this->assertSame( 400, $this->add( '' )->get_status() );
		$answer = $this->add( "web1\n<b>" );
		$this->assertSame( 201, $answer->get_status() );
		$post = get_post( $answer->get_data()['serverId'] );
		$this->assertSame( array( Own_Servers::POST_TYPE, 'publish', 'web1' ), array( $post->post_type, $post->post_status, $post->post_title ) );
		$this->assertSame( get_current_user_id(), (int) $post->post_author );
	}

	/**
	 * Adds a server.
	 *
	 * @param string $title Its name.
	 */
	private function add( string $title ): \WP_REST_Response {
		return $this->call( 'POST', '/entries', array( 'body' => wp_json_encode( array( 'title' => $title ) ) ) );
	}

	/**
	 * Opens any page of wp-admin.
	 */
	private function lead(): ?string {
		$this->led_to = null;
		try {
			( new First_Run( new Pairing() ) )->lead();
		} catch ( \RuntimeException $end ) {
			$this->assertSame( 'redirected', $end->getMessage() );
		}
		return $this->led_to;
	}

	/**
	 * What is printed above a screen.
	 *
	 * @param string $screen Id of a screen of wp-admin.
	 */
	private function notice( string $screen ): string {
		set_current_screen( $screen );
		ob_start();
		( new First_Run( new Pairing() ) )->print_notice();
		return (string) ob_get_clean();
	}
}
