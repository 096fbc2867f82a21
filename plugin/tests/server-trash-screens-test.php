<?php
/**
 * The trash on the screens.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Servers\Trash_Requests;

/**
 * What the screens ask before a server goes, and what they say of it.
 */
class Server_Trash_Screens_Test extends Server_Trash_Test_Case {

	/**
	 * A silent backend: the screens ask first, with a link for those who want it anyway, and many cost one wait.
	 */
	public function test_a_silent_backend_makes_the_screens_ask_and_stops_no_program() {
		$ids = array( $this->make_server( get_current_user_id() ), $this->make_server( get_current_user_id() ) );
		$this->be_unreachable( 'timed out' );
		$_REQUEST = array( '_wpnonce' => wp_create_nonce( 'bulk-posts' ), 'post_type' => Own_Servers::POST_TYPE, 'action' => 'trash', 'post' => $ids );
		$this->requests->before_many();
		$this->assertSame( array(), $_REQUEST['post'] );
		$notice = $this->notice( array( Trash_Requests::KEPT => implode( ',', $ids ), Trash_Requests::UNKNOWN => '1' ) );
		$this->assertSame( 2, substr_count( $notice, 'Move to Trash Anyway' ) );
		$this->assertStringContainsString( 'email_gateway_anyway=1', $notice );
		$_REQUEST = array( '_wpnonce' => wp_create_nonce( "trash-post_{$ids[0]}" ), 'action' => 'trash', 'post' => (string) $ids[0], Trash_Requests::ANYWAY => '1' );
		$this->requests->before_one();
		foreach ( $ids as $id ) {
			wp_delete_post( $id, true );
			$this->assertNull( get_post( $id ) );
		}
		// One to learn of the gateways, one to forget.
		$this->assertCount( 2, $this->sent );
	}

	/**
	 * What is no server of ours, or was never saved, asks nothing; nor does a site without a backend.
	 */
	public function test_deleting_anything_else_asks_nothing() {
		$user_id = get_current_user_id();
		wp_delete_post( wp_insert_post( array( 'post_title' => 'A post' ) ), true );
		wp_delete_post( $this->make_server( $user_id, 'auto-draft' ), true );
		delete_option( Pairing::OPTION );
		$server_id = $this->make_server( $user_id );
		wp_delete_post( $server_id, true );
		$this->assertNull( get_post( $server_id ) );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * A link or a form that WordPress itself would refuse asks the backend nothing, and changes nothing of the request.
	 */
	public function test_a_forged_request_asks_nothing() {
		$server_id = $this->make_server( get_current_user_id() );
		$this->tell_gateways( array( $server_id => true ) );
		foreach ( array( array(), array( '_wpnonce' => 'forged' ), array( '_wpnonce' => array( 'x' ) ) ) as $forged ) {
			$_REQUEST = $forged + array( 'post_type' => Own_Servers::POST_TYPE, 'action' => 'trash', 'post' => array( "$server_id" ) );
			$this->requests->before_many();
			$this->assertSame( array( "$server_id" ), $_REQUEST['post'] );
			$_REQUEST['post'] = "$server_id";
			$this->requests->before_one();
		}
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * WordPress speaks of servers.
	 */
	public function test_what_is_said_of_many_speaks_of_servers() {
		$counts   = array( 'updated' => 1, 'locked' => 0, 'deleted' => 2, 'trashed' => 1, 'untrashed' => 3 );
		$messages = apply_filters( 'bulk_post_updated_messages', array( 'post' => array() ), $counts );
		$this->assertSame( '%s server moved to the Trash.', $messages[ Own_Servers::POST_TYPE ]['trashed'] );
		$this->assertStringContainsString( 'saved passwords', $messages[ Own_Servers::POST_TYPE ]['deleted'] );
		$this->assertSame( 'draft', apply_filters( 'wp_untrash_post_status', 'draft', wp_insert_post( array( 'post_title' => 'A post' ) ), 'publish' ) );
	}
}
