<?php
/**
 * The gateways on the dashboard.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Dashboard_Widget;
use Email_Gateway\Pairing;

/**
 * One question to the backend, and what is shown of its answer.
 */
class Dashboard_Widget_Test extends Doorman_Test_Case {

	/**
	 * What stands in the widget.
	 */
	private function shown(): string {
		ob_start();
		( new Dashboard_Widget( new Pairing(), new Backend_Client( new Pairing() ) ) )->show();
		return ob_get_clean();
	}

	/**
	 * An answer of the backend.
	 *
	 * @param array $servers Rows.
	 * @param int   $trouble How many are in trouble.
	 */
	private static function page( array $servers, int $trouble ): string {
		return wp_json_encode( array( 'servers' => $servers, 'found' => $trouble, 'all' => 42, 'trouble' => $trouble, 'withGateway' => 40 ) );
	}

	/**
	 * One in trouble is named with its state and its age; its name is text.
	 */
	public function test_servers_in_trouble_are_named_with_state_and_age(): void {
		$user = $this->sign_in_as( 'administrator' );
		$id = $this->make_server( $user );
		wp_update_post( array( 'ID' => $id, 'post_title' => '<b>web2</b> & co' ) );
		$this->sent = array();
		$this->answer_with( 200, self::page( array( array( 'serverId' => $id, 'host' => 'x', 'state' => 'waiting', 'hasGateway' => true, 'lastTest' => null, 'checkedAt' => gmdate( 'c', time() - 300 ), 'since' => gmdate( 'c', time() - 7200 ) ) ), 7 ) );
		$shown = $this->shown();
		$this->assertStringContainsString( '40 servers have a gateway.', $shown );
		$this->assertStringContainsString( 'Mail is waiting, began 2 hours ago, seen 5 minutes ago', $shown );
		$this->assertStringContainsString( 'Show all 7 servers in trouble', $shown );
		$this->assertStringNotContainsString( '<b>web2', $shown );
		$this->assertCount( 1, $this->sent );
		$this->assertStringContainsString( '/v1/fleet?trouble=yes&sort=state&size=5', $this->sent[0]['url'] );
	}

	/**
	 * Nothing is wrong, nothing is known, nobody answers: each is said.
	 */
	public function test_all_is_well_and_a_backend_that_is_away_are_said(): void {
		$this->sign_in_as( 'administrator' );
		$this->answer_with( 200, self::page( array(), 0 ) );
		$this->assertStringContainsString( 'None of them needs your attention.', $this->shown() );
		$this->be_unreachable( 'timed out' );
		$this->assertStringContainsString( 'The backend does not answer.', $this->shown() );
	}
}
