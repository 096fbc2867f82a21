<?php
/**
 * A test inside WordPress that leaves nothing behind.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use PHPUnit\Framework\TestCase;

/**
 * What a test writes into the database, hooks up or says of the current user is taken back after it.
 */
abstract class WordPress_Test_Case extends TestCase {

	/**
	 * The hooks before the test.
	 *
	 * @var array
	 */
	private $hooks_before = array();

	/**
	 * Opens a transaction and remembers the hooks.
	 */
	protected function setUp(): void {
		global $wpdb, $wp_filter;
		parent::setUp();
		foreach ( $wp_filter as $name => $hook ) {
			$this->hooks_before[ $name ] = clone $hook;
		}
		$wpdb->query( 'START TRANSACTION' );
	}

	/**
	 * Takes everything back.
	 */
	protected function tearDown(): void {
		global $wpdb, $wp_filter;
		$wpdb->query( 'ROLLBACK' );
		wp_cache_flush();
		$wp_filter          = $this->hooks_before;
		$this->hooks_before = array();
		wp_set_current_user( 0 );
		$_POST    = array();
		$_GET     = array();
		$_REQUEST = array();
		parent::tearDown();
	}

	/**
	 * Makes a user and signs it in.
	 *
	 * @param string $role Such as 'administrator'.
	 * @return int Its id.
	 */
	protected function sign_in_as( string $role ): int {
		// A test's password needs no strength, and a strong hash would take most of the time.
		add_filter(
			'wp_hash_password_options',
			static function () {
				return array( 'cost' => 4 );
			}
		);
		$user_id = wp_insert_user(
			array(
				'user_login' => uniqid( $role ),
				'user_pass'  => wp_generate_password(),
				'user_email' => uniqid( $role ) . '@example.com',
				'role'       => $role,
			)
		);
		$this->assertIsInt( $user_id );
		wp_set_current_user( $user_id );
		return $user_id;
	}

	/**
	 * Makes an administrator and signs it in. In a network WordPress shows Site Health to super admins only.
	 */
	protected function sign_in_as_who_sees_site_health(): void {
		$user_id = $this->sign_in_as( 'administrator' );
		if ( is_multisite() ) {
			grant_super_admin( $user_id );
		}
	}
}
