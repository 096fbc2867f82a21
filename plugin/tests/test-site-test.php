<?php
/**
 * The test site itself.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * A test can rely on finding the site as it was made.
 */
class Test_Site_Test extends WordPress_Test_Case {

	/**
	 * Two rounds: the second one finds nothing of the first.
	 *
	 * @dataProvider rounds
	 */
	public function test_what_a_test_wrote_is_gone_in_the_next_one() {
		$this->assertFalse( get_option( 'email_gateway_test_leftover' ) );
		$this->assertFalse( has_filter( 'email_gateway_test_leftover' ) );
		update_option( 'email_gateway_test_leftover', 'here' );
		add_filter( 'email_gateway_test_leftover', '__return_true' );
		$this->assertSame( 'here', get_option( 'email_gateway_test_leftover' ) );
	}

	/**
	 * Twice the same.
	 */
	public static function rounds(): array {
		return array( 'first' => array(), 'second' => array() );
	}
}
