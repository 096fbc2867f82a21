<?php
/**
 * The plugin on the command line.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_CLI;

/**
 * Pairs this site with the backend of Email Gateway.
 */
class Command {

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * How a pairing is made.
	 *
	 * @var Handshake
	 */
	private $handshake;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Pairing $pairing, Backend_Client $backend ) {
		$this->pairing   = $pairing;
		$this->handshake = new Handshake( $pairing, $backend );
	}

	/**
	 * Pairs this site with a backend.
	 *
	 * ## OPTIONS
	 *
	 * --backend=<url>
	 * : Address of the backend: https, except on this machine itself.
	 *
	 * --code=<code>
	 * : The one-time code that the backend printed. --prompt=code asks for it, and keeps it out of the process list.
	 *
	 * ## EXAMPLES
	 *
	 *     wp email-gateway pair --backend=https://gateway.example.com --prompt=code
	 *
	 * @param string[] $positional None.
	 * @param string[] $named      With backend and code.
	 */
	public function pair( array $positional, array $named ): void {
		$done = $this->handshake->pair( $named['backend'], $named['code'] );
		if ( is_wp_error( $done ) ) {
			$data   = (array) $done->get_error_data();
			$reason = isset( $data['reason'] ) ? " ({$data['reason']})" : '';
			WP_CLI::error( "{$done->get_error_code()}: {$done->get_error_message()}{$reason}" );
		}
		WP_CLI::success( "Paired with {$this->pairing->view()['backendUrl']} as {$this->pairing->view()['siteUrl']}." );
	}
}
