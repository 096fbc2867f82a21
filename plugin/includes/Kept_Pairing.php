<?php
/**
 * The option that holds a pairing.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Reads and writes it as it is stored. Its keys are sealed; what they are for is Pairing's to know.
 */
class Kept_Pairing {

	/**
	 * Its name.
	 *
	 * @var string
	 */
	private $option;

	/**
	 * Keeps where it is.
	 *
	 * @param string $option Its name.
	 */
	public function __construct( string $option ) {
		$this->option = $option;
	}

	/**
	 * What is stored; null where nothing is, or not the whole.
	 */
	public function read(): ?array {
		$kept = get_option( $this->option );
		return is_array( $kept ) && isset( $kept['sealed_secret_key'] ) ? $kept : null;
	}

	/**
	 * Stores it in place of what was there.
	 *
	 * @param array $kept As read() returns it.
	 */
	public function write( array $kept ): void {
		update_option( $this->option, $kept, false );
	}

	/**
	 * Destroys it.
	 */
	public function destroy(): void {
		delete_option( $this->option );
	}
}
