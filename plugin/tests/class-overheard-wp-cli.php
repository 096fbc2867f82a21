<?php
/**
 * What the plugin asks of WP-CLI, in a WordPress that was not started by it.
 *
 * @package Email_Gateway
 */

/**
 * Keeps what would be printed. As in WP-CLI with `launch_self`, an error is an exception.
 */
class WP_CLI {

	/**
	 * What was said, as `success: …`.
	 *
	 * @var string[]
	 */
	public static $said = array();

	/**
	 * Ends the command.
	 *
	 * @param string $message One sentence.
	 * @throws RuntimeException Always: the real one ends the process.
	 */
	public static function error( string $message ): void {
		self::$said[] = "error: {$message}";
		throw new RuntimeException( $message );
	}

	/**
	 * Says that it worked.
	 *
	 * @param string $message One sentence.
	 */
	public static function success( string $message ): void {
		self::$said[] = "success: {$message}";
	}
}
