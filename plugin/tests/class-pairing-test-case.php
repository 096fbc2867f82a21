<?php
/**
 * A test of pairing.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Pairing;

/**
 * Signed in, with a backend that confirms, and nothing paired yet.
 */
abstract class Pairing_Test_Case extends Doorman_Test_Case {

	const CONFIRMED = '{"keyId":"site-7","audience":"https://backend.example.org","version":"0.1.0"}';

	/**
	 * Signs in; nothing is paired yet.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->sign_in_as( 'administrator' );
		delete_option( Pairing::OPTION );
		$this->answer_with( 200, self::CONFIRMED );
	}

	/**
	 * POST /pairing.
	 *
	 * @param string $backend_url As typed.
	 * @param string $code        As typed.
	 */
	protected function pair( string $backend_url, string $code ): \WP_REST_Response {
		return $this->call( 'POST', '/pairing', array( 'body' => wp_json_encode( array( 'backendUrl' => $backend_url, 'code' => $code ) ) ) );
	}
}
