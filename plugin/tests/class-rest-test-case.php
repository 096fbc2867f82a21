<?php
/**
 * A test of the routes.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Shop;

/**
 * Beside a shop, whose roles are among the callers.
 */
abstract class Rest_Test_Case extends Doorman_Test_Case {

	/**
	 * Opens a shop, whose roles are among the callers.
	 */
	protected function setUp(): void {
		parent::setUp();
		require_once dirname( __DIR__, 2 ) . '/lab/wordpress/stand-ins/woocommerce-stand-in.php';
		( new \WooCommerce() )->start();
	}

	/**
	 * Closes it.
	 */
	protected function tearDown(): void {
		array_map( 'remove_role', Shop::ROLES );
		parent::tearDown();
	}
}
