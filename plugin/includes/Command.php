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
	 * [--line=<line>]
	 * : The line that `email-gateway pair` printed, with a blank in it: put it in quotes. --prompt=line asks for it, and keeps
	 * it out of the process list.
	 *
	 * [--backend=<url>]
	 * : In place of the line: address of the backend, https except on this machine itself.
	 *
	 * [--code=<code>]
	 * : With --backend: the one-time code.
	 *
	 * ## EXAMPLES
	 *
	 *     wp email-gateway pair --prompt=line
	 *     wp email-gateway pair --line="https://gateway.example.com 7Q2F-…"
	 *     wp email-gateway pair --backend=https://gateway.example.com --prompt=code
	 *
	 * @param string[] $positional None.
	 * @param string[] $named      With line, or with backend and code.
	 */
	public function pair( array $positional, array $named ): void {
		$asked = self::asked( $named );
		if ( null === $asked ) {
			WP_CLI::error( 'Pass --line with the line that "email-gateway pair" printed: an address, a blank and a code, in quotes.' );
			return;
		}
		$done = $this->handshake->pair( $asked['backend'], $asked['code'] );
		if ( is_wp_error( $done ) ) {
			$data   = (array) $done->get_error_data();
			$reason = isset( $data['reason'] ) ? " ({$data['reason']})" : '';
			WP_CLI::error( "{$done->get_error_code()}: {$done->get_error_message()}{$reason}" );
			return;
		}
		WP_CLI::success( "Paired with {$this->pairing->view()['backendUrl']} as {$this->pairing->view()['siteUrl']}." );
	}

	/**
	 * Address and code, from the line or apart. The screen reads the same line (pairing-line.ts).
	 *
	 * @param string[] $named What the command was given.
	 * @return array{backend: string, code: string}|null Null where it is neither.
	 */
	private static function asked( array $named ): ?array {
		if ( isset( $named['line'] ) ) {
			$is_read = preg_match( '~\A\s*(https?://\S+)\s+([0-9A-Za-z]+(?:-[0-9A-Za-z]+)*)\s*\z~', (string) $named['line'], $parts );
			return $is_read ? array( 'backend' => $parts[1], 'code' => $parts[2] ) : null;
		}
		$is_whole = isset( $named['backend'], $named['code'] );
		return $is_whole ? array( 'backend' => (string) $named['backend'], 'code' => (string) $named['code'] ) : null;
	}
}
