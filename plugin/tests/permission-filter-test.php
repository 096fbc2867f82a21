<?php
/**
 * Filters that change permissions.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * What a filter of another plugin may change.
 */
class Permission_Filter_Test extends Rest_Test_Case {

	/**
	 * A filter may give a permission to others.
	 */
	public function test_a_filter_widens_a_permission() {
		$user_id   = $this->sign_in_as( 'editor' );
		$server_id = $this->make_server( $user_id );
		$path      = "/servers/{$server_id}/connection";
		$this->assertSame( 403, $this->call( 'PUT', $path, array( 'body' => '{}' ) )->get_status() );
		add_filter(
			'email_gateway_change_connection',
			static function ( array $required, int $asked_user_id, int $asked_server_id ) use ( $user_id, $server_id ) {
				return $user_id === $asked_user_id && $server_id === $asked_server_id ? array( 'read' ) : $required;
			},
			10,
			3
		);
		$this->assertSame( 200, $this->call( 'PUT', $path, array( 'body' => '{}' ) )->get_status() );
		$this->assertSame( array( 'change_connection', 'run_gateway', 'see_mail_log' ), $this->actor()['may'] );
	}

	/**
	 * A filter that returns nothing does not open the door.
	 */
	public function test_a_filter_that_slips_allows_nobody() {
		add_filter( 'email_gateway_run_gateway', '__return_empty_array' );
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		wp_set_current_user( 0 );
		$this->assertSame( 401, $this->call( 'GET', "/servers/{$server_id}" )->get_status() );
		$this->assertSame( array(), $this->sent );
	}
}
