<?php
/**
 * A test of requests to the backend.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * Signed in, with a server to ask about.
 */
abstract class Backend_Client_Test_Case extends Doorman_Test_Case {

	/**
	 * Id of the server that an administrator works with.
	 *
	 * @var int
	 */
	protected $server_id;

	/**
	 * Signs in.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->server_id = $this->make_server( $this->sign_in_as( 'administrator' ) );
	}

	/**
	 * Reads the server and looks at the refusal.
	 *
	 * @param int         $status HTTP status.
	 * @param string      $code   For programs.
	 * @param string|null $reason Likewise; null for none.
	 */
	protected function assert_refused( int $status, string $code, ?string $reason ): void {
		$answer = $this->call( 'GET', "/servers/{$this->server_id}" );
		$data   = $answer->get_data();
		$this->assertSame(
			array( $status, $code, $reason ),
			array( $answer->get_status(), $data['code'], $data['data']['reason'] ?? null )
		);
	}

	/**
	 * When the last request says it was signed, seconds since the epoch.
	 */
	protected function created(): int {
		preg_match( '/;created=(\d+);/', end( $this->sent )['headers']['Signature-Input'], $found );
		return (int) $found[1];
	}
}
