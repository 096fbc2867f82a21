<?php
/**
 * The trash, and what is left on the servers behind it.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Deleted_Servers;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Left_Gateways;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Servers\Server_Trash;
use Email_Gateway\Servers\Trash_Requests;
use Email_Gateway\Servers\Trash_Words;

/**
 * Who deletes a server leaves no gateway behind unsaid.
 */
class Server_Trash_Test extends Doorman_Test_Case {

	/**
	 * The part under test, fresh: it remembers a silent backend for a minute.
	 *
	 * @var Server_Trash
	 */
	private $trash;

	/**
	 * Its part for the screens.
	 *
	 * @var Trash_Requests
	 */
	private $requests;

	/**
	 * Puts it in the place of the plugin's own.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->sign_in_as( 'administrator' );
		$pairing        = new Pairing();
		$backend        = new Backend_Client( $pairing );
		$left           = new Left_Gateways( $pairing, $backend );
		$this->trash    = new Server_Trash( $left );
		$this->requests = new Trash_Requests( $left );
		$this->hook_up( $this->trash );
		$this->hook_up( new Deleted_Servers( new Own_Servers(), $pairing, $backend ) );
	}

	/**
	 * Takes back what the requests of these tests said.
	 */
	protected function tearDown(): void {
		$_REQUEST = array();
		$_GET     = array();
		parent::tearDown();
	}

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
	 * WordPress speaks of servers.
	 */
	public function test_what_is_said_of_many_speaks_of_servers() {
		$counts   = array( 'updated' => 1, 'locked' => 0, 'deleted' => 2, 'trashed' => 1, 'untrashed' => 3 );
		$messages = apply_filters( 'bulk_post_updated_messages', array( 'post' => array() ), $counts );
		$this->assertSame( '%s server moved to the Trash.', $messages[ Own_Servers::POST_TYPE ]['trashed'] );
		$this->assertStringContainsString( 'saved passwords', $messages[ Own_Servers::POST_TYPE ]['deleted'] );
		$this->assertSame( 'draft', apply_filters( 'wp_untrash_post_status', 'draft', wp_insert_post( array( 'post_title' => 'A post' ) ), 'publish' ) );
	}

	/**
	 * The backend answers which servers have a gateway.
	 *
	 * @param array<int, bool> $gateways By id of a server.
	 */
	private function tell_gateways( array $gateways ): void {
		$servers = array();
		foreach ( $gateways as $id => $has ) {
			$servers[] = array( 'serverId' => $id, 'hasGateway' => $has );
		}
		$this->answer_with( 200, wp_json_encode( array( 'servers' => $servers, 'leftBehind' => false ) ) );
	}

	/**
	 * A minute later the backend is asked again.
	 */
	private function wait_a_minute(): void {
		$pairing     = new Pairing();
		$this->trash = new Server_Trash( new Left_Gateways( $pairing, new Backend_Client( $pairing ) ) );
		$this->hook_up( $this->trash );
	}

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

	/**
	 * Servers that the backend was asked to forget.
	 *
	 * @return int[]
	 */
	private function forgotten(): array {
		$ids = array();
		foreach ( $this->sent as $request ) {
			if ( preg_match( '~/servers/(\d+)/forget$~', $request['url'], $found ) ) {
				$ids[] = (int) $found[1];
			}
		}
		return $ids;
	}

	/**
	 * What the list shows above it.
	 *
	 * @param array $query Of the address.
	 */
	private function notice( array $query ): string {
		$_GET = $query;
		ob_start();
		( new Trash_Words() )->print_notice();
		return ob_get_clean();
	}
}
