<?php
/**
 * Finds the plugin's classes.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	static function ( string $name ) {
		if ( 0 !== strpos( $name, __NAMESPACE__ . '\\' ) ) {
			return;
		}
		$file = __DIR__ . '/' . str_replace( '\\', '/', substr( $name, strlen( __NAMESPACE__ ) + 1 ) ) . '.php';
		if ( is_file( $file ) ) {
			require $file;
		}
	}
);
