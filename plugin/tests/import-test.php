<?php
/**
 * Servers in a file that the WordPress importer reads (WXR).
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Deleted_Servers;
use Email_Gateway\Pairing;
use Email_Gateway\Backend_Client;
use Email_Gateway\Servers\Own_Servers;

/**
 * Whoever wrote the file wrote the numbers, authors, states and meta in it. The backend knows servers by their number: one
 * in a file is none of those that it knows.
 */
class Import_Test extends Doorman_Test_Case {

	/**
	 * Each test is a request of its own, in which no backend was silent yet.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->begin_request();
	}

	/**
	 * What remembers nothing of a silent backend.
	 */
	private function begin_request(): void {
		$pairing = new Pairing();
		$this->hook_up( new Deleted_Servers( new Own_Servers(), $pairing, new Backend_Client( $pairing ) ) );
	}

	/**
	 * The number of another's server, which is there, is that of the other's server still.
	 */
	public function test_an_imported_server_takes_no_number_of_one_that_is_there() {
		$victim    = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_server( $victim );
		$mallory   = $this->sign_in_as( 'subscriber' );
		$this->sign_in_as( 'administrator' );
		$imported = $this->import( $server_id, $mallory );
		$this->assertNotSame( $server_id, $imported );
		$this->assertSame( $victim, (int) get_post( $server_id )->post_author );
		wp_set_current_user( $mallory );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
	}

	/**
	 * Nor that of one that was deleted, of which the backend may know how to reach it: it was away, or WordPress was
	 * restored from an older copy.
	 */
	public function test_an_imported_server_takes_no_number_that_the_backend_may_know() {
		$this->sign_in_as( 'administrator' );
		$server_id = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$this->be_unreachable( 'Away.' );
		$this->sign_in_as( 'administrator' );
		wp_delete_post( $server_id, true );
		$mallory  = $this->sign_in_as( 'subscriber' );
		$imported = $this->import( $server_id, $mallory );
		$this->assertNotSame( $server_id, $imported );
		$this->assertNull( get_post( $server_id ) );

		wp_set_current_user( $mallory );
		$this->answer_with( 200, '{}' );
		$this->sent = array();
		$this->assertContains( $this->call( 'GET', "/servers/{$server_id}" )->get_status(), array( 403, 404 ) );
		$this->assertSame( array(), $this->sent );
		// It is still forgotten, when the backend is asked again.
		$this->begin_request();
		do_action( Deleted_Servers::EVENT );
		$this->assertStringEndsWith( "/servers/{$server_id}/forget", $this->sent[0]['url'] );
	}

	/**
	 * Meta in a file gives no permission, no connection and no other state.
	 */
	public function test_meta_in_a_file_gives_nothing() {
		$mallory  = $this->sign_in_as( 'subscriber' );
		$other    = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$imported = $this->import( $other, $mallory );
		foreach ( array( 'email_gateway_may', 'email_gateway_server_id', 'wpcd_server_ipv4', 'wpcd_server_ssh_private_key', '_wp_trash_meta_status', '_edit_lock' ) as $key ) {
			add_post_meta( $imported, $key, array( 'manage_site', 'change_connection', (string) $other ) );
		}
		wp_set_current_user( $mallory );
		$this->sent = array();
		$this->assertSame( 403, $this->call( 'PUT', "/servers/{$imported}/connection", array( 'body' => '{}' ) )->get_status() );
		$this->assertSame( array(), $this->sent );
		$this->call( 'POST', "/servers/{$imported}/connection/check", array( 'body' => '{}' ) );
		foreach ( $this->sent as $request ) {
			$this->assertStringContainsString( "/servers/{$imported}/", $request['url'] );
			$this->assertArrayNotHasKey( 'Email-Gateway-Connection', $request['headers'] );
		}
		$this->call( 'GET', "/servers/{$imported}" );
		$this->assertSame( array( array( 'run_gateway', 'see_mail_log' ), $mallory ), array( $this->actor()['may'], $this->actor()['owner'] ) );
	}

	/**
	 * Whatever else is imported keeps its number.
	 */
	public function test_other_posts_keep_their_number() {
		$this->sign_in_as( 'administrator' );
		$this->assertSame( 987654, $this->import( 987654, get_current_user_id(), 'page' ) );
	}

	/**
	 * Does as the importer does with one post.
	 *
	 * @param int    $number As in the file.
	 * @param int    $author Whom the person who imports chose, or the file names.
	 * @param string $type   Of the post.
	 */
	private function import( int $number, int $author, string $type = Own_Servers::POST_TYPE ): int {
		$post = array(
			'import_id'   => $number,
			'post_author' => $author,
			'post_title'  => 'web1',
			'post_status' => 'publish',
			'post_type'   => $type,
		);
		return (int) wp_insert_post( wp_slash( apply_filters( 'wp_import_post_data_processed', $post, array( 'post_id' => $number ) ) ), true );
	}
}
