<?php
/**
 * What is wrong, at the top of wp-admin.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Alert_Notices;
use Email_Gateway\Backend_Client;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Test_Alert_Notice;

/**
 * What the backend is asked, how often, and who sees what of its answer.
 */
class Alert_Notices_Test extends Doorman_Test_Case {

	/**
	 * An administrator, and nothing that was said before.
	 */
	protected function setUp(): void {
		parent::setUp();
		delete_transient( Alert_Notices::STATE );
		delete_option( Alert_Notices::SAID );
		$this->sign_in_as( 'administrator' );
	}

	/**
	 * Draws the notices on a screen of wp-admin.
	 *
	 * @param string $screen Its id.
	 */
	private function notices( string $screen = 'dashboard' ): string {
		set_current_screen( $screen );
		ob_start();
		( new Alert_Notices( new Pairing(), new Backend_Client( new Pairing() ), Own_Servers::POST_TYPE ) )->show();
		return (string) ob_get_clean();
	}

	/**
	 * Answers with incidents and kinds of channels.
	 *
	 * @param array    $incidents Each changed from one that nobody knows of.
	 * @param string[] $kinds     Of channels.
	 */
	private function answer_alerts( array $incidents, array $kinds ): void {
		$body = array(
			'incidents' => array_map(
				static function ( array $incident ) {
					return $incident + array( 'trouble' => 'stopped', 'acknowledgedBy' => null, 'mutedUntil' => null );
				},
				$incidents
			),
			'channels'  => array_map(
				static function ( string $kind ) {
					return array( 'kind' => $kind );
				},
				$kinds
			),
		);
		$this->answer_with( 200, (string) wp_json_encode( $body ) );
	}

	/**
	 * Where the channel was added, what is open is counted, without what somebody knows of.
	 */
	public function test_shows_what_is_open_to_administrators(): void {
		$this->answer_alerts( array( array(), array(), array( 'acknowledgedBy' => 'ann' ), array( 'mutedUntil' => '2099-01-01' ) ), array( 'notice' ) );
		$notices = $this->notices();
		$this->assertStringContainsString( '2 alerts are open', $notices );
		$this->assertStringContainsString( 'page=email-gateway#alerts', $notices );
		$this->assertStringEndsWith( '/v1/alerts', $this->sent[0]['url'] );
		// the next pages ask nobody
		$this->notices();
		$this->assertCount( 1, $this->sent );
	}

	/**
	 * Without that channel, with nothing open, and for everybody else there is none.
	 */
	public function test_is_silent_otherwise(): void {
		$this->answer_alerts( array( array() ), array( 'webhook' ) );
		$this->assertSame( '', $this->notices() );
		delete_transient( Alert_Notices::STATE );
		$this->answer_alerts( array(), array( 'notice' ) );
		$this->assertSame( '', $this->notices() );
		delete_transient( Alert_Notices::STATE );
		$this->answer_alerts( array( array() ), array( 'notice' ) );
		$this->sign_in_as( 'subscriber' );
		$this->sent = array();
		$this->assertSame( '', $this->notices() );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * A backend that is away is asked again after five minutes, not on each page.
	 */
	public function test_does_not_wait_for_a_backend_on_each_page(): void {
		$this->be_unreachable( 'away' );
		$this->assertSame( '', $this->notices() );
		$asked = count( $this->sent );
		$this->assertSame( '', $this->notices() );
		$this->assertCount( $asked, $this->sent );
	}

	/**
	 * On the screen of a server it is said once that nobody is told; a heartbeat tells nobody.
	 */
	public function test_says_once_that_nobody_is_told(): void {
		$this->answer_alerts( array(), array( 'heartbeat' ) );
		$this->assertSame( '', $this->notices() );
		$this->assertStringContainsString( 'Nobody is told when a gateway stops working.', $this->notices( Own_Servers::POST_TYPE ) );
		$this->assertSame( '', $this->notices( Own_Servers::POST_TYPE ) );
	}

	/**
	 * A test alert is shown on the next page to everybody who sees alerts, and to nobody else; each dismisses it for
	 * themselves, and after ten minutes it is gone.
	 */
	public function test_shows_a_test_alert_for_a_while(): void {
		$answer = function ( int $age ) {
			$last = array( 'at' => gmdate( 'c', time() - $age ), 'isTest' => true );
			$this->answer_with( 200, (string) wp_json_encode( array( 'incidents' => array(), 'channels' => array( array( 'kind' => 'notice', 'lastDelivery' => $last ) ) ) ) );
		};
		$answer( 0 );
		set_transient( Alert_Notices::STATE, array( 'state' => null ), 60 );
		do_action( 'email_gateway_accepted', 'sendTestAlert', 0, new \stdClass() );
		$this->assertStringContainsString( 'This is a test alert', $this->notices() );

		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- it is made here.
		$_POST    = array( 'at' => (string) time() );
		$_REQUEST = array( '_ajax_nonce' => wp_create_nonce( Test_Alert_Notice::ACTION ) );
		add_filter( 'wp_doing_ajax', '__return_true' );
		add_filter( 'wp_die_ajax_handler', static fn() => static function () {} );
		ob_start();
		Test_Alert_Notice::dismiss();
		ob_end_clean();
		$this->assertSame( '', $this->notices() );

		$this->sign_in_as( 'administrator' );
		$this->assertStringContainsString( 'This is a test alert', $this->notices() );
		$this->sign_in_as( 'subscriber' );
		$this->assertSame( '', $this->notices() );
		$this->sign_in_as( 'administrator' );
		delete_transient( Alert_Notices::STATE );
		$answer( 601 );
		$this->assertSame( '', $this->notices() );
	}
}
