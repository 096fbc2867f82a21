<?php
/**
 * Servers that are deleted.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Deleted_Servers;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;

/**
 * The backend forgets them, as soon as it answers.
 */
class Deleted_Servers_Test extends Server_Trash_Test_Case {

	/**
	 * What the backend did not hear of a deleted server it is told when it answers again.
	 */
	public function test_a_failed_forget_is_tried_again() {
		remove_all_filters( 'pre_delete_post' );
		$server_ids = array( $this->make_server( get_current_user_id() ), $this->make_server( get_current_user_id() ) );
		$this->be_unreachable( 'Away.' );
		$this->sent = array();
		array_map( 'wp_delete_post', $server_ids, array( true, true ) );
		// Whoever deletes many waits for a silent backend once, and shortly.
		$this->assertCount( 1, $this->sent );
		$this->assertLessThanOrEqual( Backend_Client::SHORT_SECONDS, $this->sent[0]['timeout'] );
		$this->assertNotFalse( wp_next_scheduled( Deleted_Servers::EVENT ) );

		$this->sent = array();
		$this->answer_with( 200, '{"forgotten":true}' );
		$pairing = new Pairing();
		( new Deleted_Servers( new Own_Servers(), $pairing, new Backend_Client( $pairing ) ) )->try_again();
		$this->assertSame( $server_ids, $this->forgotten() );
		$this->assertFalse( get_option( Deleted_Servers::OPTION ) );
		$this->assertFalse( wp_next_scheduled( Deleted_Servers::EVENT ) );
	}

	/**
	 * A server that was put back under its number, as out of a backup, is not forgotten.
	 */
	public function test_a_server_that_is_there_again_is_not_forgotten() {
		remove_all_filters( 'pre_delete_post' );
		$server_id = $this->make_server( get_current_user_id() );
		$this->be_unreachable( 'Away.' );
		wp_delete_post( $server_id, true );
		wp_insert_post(
			array(
				'import_id'   => $server_id,
				'post_type'   => Own_Servers::POST_TYPE,
				'post_title'  => 'web1',
				'post_status' => 'publish',
			)
		);
		$this->sent = array();
		$this->answer_with( 200, '{"forgotten":true}' );
		$pairing = new Pairing();
		( new Deleted_Servers( new Own_Servers(), $pairing, new Backend_Client( $pairing ) ) )->try_again();
		$this->assertSame( array(), $this->forgotten() );
		$this->assertFalse( get_option( Deleted_Servers::OPTION ) );
	}
}
