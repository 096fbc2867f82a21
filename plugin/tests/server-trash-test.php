<?php
/**
 * The trash, and what is left on the servers behind it.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Left_Gateways;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Servers\Server_Trash;
use Email_Gateway\Servers\Trash_Requests;

/**
 * Who deletes a server leaves no gateway behind unsaid.
 */
class Server_Trash_Test extends Server_Trash_Test_Case {

	/**
	 * A server with a gateway stays, in the list and in the trash, whoever deletes; the backend forgets nothing.
	 */
	public function test_a_server_with_a_gateway_is_neither_trashed_nor_deleted() {
		$server_id = $this->make_server( get_current_user_id() );
		$this->tell_gateways( array( $server_id => true ) );
		$this->assertFalse( wp_trash_post( $server_id ) );
		$this->assertSame( 'publish', get_post_status( $server_id ) );
		$this->assertFalse( wp_delete_post( $server_id, true ) );
		$this->assertNotNull( get_post( $server_id ) );
		$this->assertSame( array(), $this->forgotten() );
	}

	/**
	 * WordPress's own clean-up of what lies in the trash for 30 days keeps one with a gateway, or of which the backend
	 * does not tell, and deletes the others.
	 */
	public function test_the_clean_up_of_the_trash_deletes_what_leaves_nothing_behind() {
		add_filter( 'wp_doing_cron', '__return_true' );
		$with    = $this->make_server( get_current_user_id() );
		$without = $this->make_server( get_current_user_id() );
		foreach ( array( $with, $without ) as $id ) {
			$this->tell_gateways( array() );
			wp_trash_post( $id );
			update_post_meta( $id, '_wp_trash_meta_time', time() - 31 * DAY_IN_SECONDS );
		}
		$this->be_unreachable( 'timed out' );
		wp_scheduled_delete();
		$this->assertSame( array( 'trash', 'trash' ), array( get_post_status( $with ), get_post_status( $without ) ) );
		$this->wait_a_minute();
		$this->tell_gateways( array( $with => true, $without => false ) );
		wp_scheduled_delete();
		$this->assertSame( 'trash', get_post_status( $with ) );
		$this->assertNull( get_post( $without ) );
		$this->assertSame( array( $without ), $this->forgotten() );
	}

	/**
	 * Without a gateway it goes to the trash, comes back as a server, and deleted for good it is forgotten.
	 */
	public function test_a_server_without_a_gateway_goes_comes_back_and_is_forgotten() {
		$server_id = $this->make_server( get_current_user_id() );
		$this->tell_gateways( array( $server_id => false ) );
		wp_trash_post( $server_id );
		$this->assertSame( 'trash', get_post_status( $server_id ) );
		wp_untrash_post( $server_id );
		$this->assertSame( 'publish', get_post_status( $server_id ) );
		$this->assertSame( array(), $this->forgotten() );
		wp_delete_post( $server_id, true );
		$this->assertNull( get_post( $server_id ) );
		$this->assertSame( array( $server_id ), $this->forgotten() );
		$this->assertContains( 'change_connection', $this->actor()['may'] );
	}

	/**
	 * Of many, those without a gateway go, and the others are told by name.
	 */
	public function test_of_many_only_those_go_that_leave_nothing_behind() {
		$with    = $this->make_server( get_current_user_id() );
		$without = $this->make_server( get_current_user_id() );
		wp_update_post( array( 'ID' => $with, 'post_title' => 'still <b>there</b>' ) );
		$this->tell_gateways( array( $with => true, $without => false ) );
		$_REQUEST = array( '_wpnonce' => wp_create_nonce( 'bulk-posts' ), 'post_type' => Own_Servers::POST_TYPE, 'action' => 'trash', 'post' => array( "$with", "$without" ) );
		$this->requests->before_many();
		$this->assertSame( array( $without ), array_values( $_REQUEST['post'] ) );
		$location = apply_filters( 'wp_redirect', 'https://site.example/wp-admin/edit.php?trashed=1', 302 );
		$this->assertStringContainsString( "trashed=1&email_gateway_kept={$with}", $location );
		$notice = $this->notice( array( Trash_Requests::KEPT => "$with" ) );
		$this->assertStringContainsString( 'press Remove Email Gateway first', $notice );
		$this->assertStringContainsString( 'still', $notice );
		$this->assertStringNotContainsString( 'Anyway', $notice );
	}

	/**
	 * Empty Trash, too.
	 */
	public function test_empty_trash_leaves_those_with_a_gateway_in_it() {
		$with    = $this->make_server( get_current_user_id(), 'trash' );
		$without = $this->make_server( get_current_user_id(), 'trash' );
		$this->tell_gateways( array( $with => true, $without => false ) );
		$_REQUEST = array( '_wpnonce' => wp_create_nonce( 'bulk-posts' ), 'post_type' => Own_Servers::POST_TYPE, 'delete_all' => 'Empty Trash', 'action' => '-1' );
		$this->requests->before_many();
		$this->assertSame( 'delete', $_REQUEST['action'] );
		$this->assertArrayNotHasKey( 'delete_all', $_REQUEST );
		$this->assertSame( array( $without ), array_values( $_REQUEST['post'] ) );
		$this->assertStringContainsString( 'Restore it first', $this->notice( array( Trash_Requests::KEPT => "$with" ) ) );
	}

	/**
	 * An owner neither trashes nor hides the own server, whatever status a form or XML-RPC sends.
	 */
	public function test_an_owner_s_server_keeps_its_status() {
		$owner     = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_server( $owner );
		$this->tell_gateways( array( $server_id => false ) );
		foreach ( array( 'trash', 'request-completed', 'inherit', 'draft', 'private', 'auto-draft' ) as $status ) {
			wp_update_post( array( 'ID' => $server_id, 'post_title' => "renamed {$status}", 'post_status' => $status ) );
			$this->assertSame( array( 'publish', "renamed {$status}" ), array( get_post_status( $server_id ), get_post( $server_id )->post_title ) );
		}
		wp_trash_post( $server_id );
		$this->assertSame( 'publish', get_post_status( $server_id ) );
		$page_id = wp_insert_post( array( 'post_title' => 'A post', 'post_status' => 'publish' ) );
		wp_update_post( array( 'ID' => $page_id, 'post_status' => 'draft' ) );
		$this->assertSame( 'draft', get_post_status( $page_id ) );
	}

	/**
	 * Saved as `trash` is moved to the trash: not with a gateway on it, by whoever manages the site.
	 */
	public function test_a_server_with_a_gateway_is_not_saved_as_trash() {
		$server_id = $this->make_server( get_current_user_id() );
		$this->tell_gateways( array( $server_id => true ) );
		wp_update_post( array( 'ID' => $server_id, 'post_status' => 'trash' ) );
		$this->assertSame( 'publish', get_post_status( $server_id ) );
		wp_update_post( array( 'ID' => $server_id, 'post_status' => 'draft' ) );
		$this->assertSame( 'draft', get_post_status( $server_id ) );
		$this->tell_gateways( array( $server_id => false ) );
		wp_update_post( array( 'ID' => $server_id, 'post_status' => 'trash' ) );
		$this->assertSame( 'trash', get_post_status( $server_id ) );
	}

	/**
	 * Deleting the account of an owner deletes none of the servers.
	 */
	public function test_servers_outlive_the_account_of_their_owner() {
		require_once ABSPATH . 'wp-admin/includes/user.php';
		$owner     = wp_insert_user( array( 'user_login' => 'owner', 'user_pass' => 'x', 'user_email' => 'owner@site.example' ) );
		$server_id = $this->make_server( $owner );
		$this->tell_gateways( array( $server_id => false ) );
		wp_delete_user( $owner );
		$this->assertSame( 'publish', get_post_status( $server_id ) );
	}

	/**
	 * A minute later the backend is asked again.
	 */
	private function wait_a_minute(): void {
		$pairing     = new Pairing();
		$this->trash = new Server_Trash( new Left_Gateways( $pairing, new Backend_Client( $pairing ) ) );
		$this->hook_up( $this->trash );
	}
}
