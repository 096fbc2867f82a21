<?php
/**
 * Who may do what with a server.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Servers\Own_Servers;

/**
 * Owners have their own servers, administrators all.
 */
class Servers_Test extends Doorman_Test_Case {

	/**
	 * An owner opens and saves the own server, and does nothing else with servers.
	 */
	public function test_an_owner_edits_the_own_server_and_no_other() {
		$other = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$own   = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$type  = get_post_type_object( Own_Servers::POST_TYPE );
		$may   = array(
			'open the list'      => current_user_can( $type->cap->edit_posts ),
			'edit own'           => current_user_can( 'edit_post', $own ),
			'edit other'         => current_user_can( 'edit_post', $other ),
			'read other'         => current_user_can( 'read_post', $other ) && current_user_can( 'edit_others_email_gateway_servers' ),
			'delete own'         => current_user_can( 'delete_post', $own ),
			'delete other'       => current_user_can( 'delete_post', $other ),
			'add'                => current_user_can( $type->cap->create_posts ),
			'give away'          => current_user_can( $type->cap->edit_others_posts ),
			'publish'            => current_user_can( $type->cap->publish_posts ),
			'edit pages'         => current_user_can( 'edit_pages' ),
			'run own'            => current_user_can( 'email_gateway_run_gateway', $own ),
			'run other'          => current_user_can( 'email_gateway_run_gateway', $other ),
			'change connection'  => current_user_can( 'email_gateway_change_connection', $own ),
			'manage the site'    => current_user_can( 'email_gateway_manage_site' ),
		);
		$this->assertSame( array( 'open the list', 'edit own', 'run own' ), array_keys( array_filter( $may ) ) );
	}

	/**
	 * A screen that tells of another server names it and leads there, for who may open it.
	 */
	public function test_the_entry_of_a_server_is_told_to_who_may_run_it() {
		$owner     = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_server( $owner );
		wp_update_post(
			array(
				'ID'         => $server_id,
				'post_title' => 'Müller & Söhne',
			)
		);
		$entry = $this->call( 'GET', "/servers/{$server_id}/entry" );
		$this->assertSame( 200, $entry->get_status() );
		$this->assertSame(
			array(
				'title' => get_post( $server_id )->post_title,
				'url'   => admin_url( "post.php?post={$server_id}&action=edit" ),
			),
			$entry->get_data()
		);
		$this->sign_in_as( 'subscriber' );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$server_id}/entry" )->get_status() );
		$this->sign_in_as( 'administrator' );
		$trashed = $this->make_server( $owner, 'trash' );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$trashed}/entry" )->get_status() );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * Who has no server does not see that there are any.
	 */
	public function test_who_owns_nothing_reaches_nothing() {
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
		foreach ( array( 'subscriber', 'editor' ) as $role ) {
			$this->sign_in_as( $role );
			$this->assertFalse( current_user_can( 'edit_email_gateway_servers' ), $role );
			$this->assertFalse( current_user_can( 'edit_post', $server_id ), $role );
		}
		wp_set_current_user( 0 );
		$this->assertFalse( current_user_can( 'edit_email_gateway_servers' ) );
	}

	/**
	 * An administrator does everything.
	 */
	public function test_an_administrator_may_do_everything() {
		$server_id = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$this->sign_in_as( 'administrator' );
		foreach ( array( 'edit_post', 'delete_post', 'email_gateway_run_gateway', 'email_gateway_change_connection' ) as $capability ) {
			$this->assertTrue( current_user_can( $capability, $server_id ), $capability );
		}
		$this->assertTrue( current_user_can( 'create_email_gateway_servers' ) );
		$this->assertTrue( current_user_can( 'publish_email_gateway_servers' ) );
	}

	/**
	 * Saving as the owner neither takes the server offline nor gives it away.
	 */
	public function test_an_owner_s_save_keeps_status_and_owner() {
		$administrator = $this->sign_in_as( 'administrator' );
		$owner         = $this->sign_in_as( 'subscriber' );
		$server_id     = $this->make_server( $owner );
		$form          = array( 'post_ID' => $server_id, 'post_type' => Own_Servers::POST_TYPE, 'post_title' => 'renamed', 'post_status' => 'publish' );
		edit_post( $form );
		$post = get_post( $server_id );
		$this->assertSame( array( 'renamed', 'publish', $owner ), array( $post->post_title, $post->post_status, (int) $post->post_author ) );
		$translated = _wp_translate_postdata( true, $form + array( 'post_author_override' => $administrator ) );
		$this->assertTrue( is_wp_error( $translated ) );
	}

	/**
	 * The box that saves: no word of publishing; deleting is for who may.
	 */
	public function test_the_save_box_saves_and_offers_the_trash_to_who_may_delete() {
		$boxes = function ( int $server_id ): array {
			global $wp_meta_boxes;
			$wp_meta_boxes = array();
			$post          = get_post( $server_id );
			set_current_screen( $post->post_type );
			do_action( "add_meta_boxes_{$post->post_type}", $post );
			$side = array_filter( $wp_meta_boxes[ $post->post_type ]['side']['high'] );
			ob_start();
			call_user_func( $side['email-gateway-save']['callback'], $post );
			return array( array_column( $side, 'title' ), ob_get_clean() );
		};
		list( $titles, $html ) = $boxes( $this->make_server( $this->sign_in_as( 'subscriber' ) ) );
		$this->assertSame( array( 'Server' ), $titles );
		$this->assertStringContainsString( 'value="Save Name"', $html );
		$this->assertStringNotContainsString( 'Trash', $html );

		list( $titles, $html ) = $boxes( $this->make_server( $this->sign_in_as( 'administrator' ) ) );
		$this->assertSame( array( 'Server', 'Owner' ), $titles );
		$this->assertStringContainsString( 'Move to Trash', $html );
		$this->assertStringContainsString( 'value="Save Name and Owner"', $html );
		$this->assertStringContainsString( 'name="save"', $html );
		list( , $html ) = $boxes( $this->make_server( get_current_user_id(), 'auto-draft' ) );
		$this->assertStringContainsString( 'value="Add Server"', $html );
		$this->assertStringContainsString( 'name="publish"', $html );
	}

	/**
	 * Every user can be made the owner, although none has a stored capability.
	 */
	public function test_the_author_box_offers_every_user() {
		$user_id = $this->sign_in_as( 'subscriber' );
		$box     = wp_dropdown_users(
			array( 'capability' => array( 'edit_email_gateway_servers' ), 'name' => 'post_author_override', 'echo' => false )
		);
		$this->assertStringContainsString( "value='{$user_id}'", $box );
		$others = wp_dropdown_users( array( 'capability' => array( 'edit_posts' ), 'echo' => false ) );
		$this->assertStringNotContainsString( "value='{$user_id}'", $others );
	}
}
