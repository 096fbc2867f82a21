<?php
/**
 * What WPCloudDeploy sealed.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

/**
 * Keys and passwords of its records, opened by its own function.
 */
class Wpcd_Seal {

	/**
	 * Opens what WPCloudDeploy sealed. What it cannot open is nothing.
	 *
	 * @param mixed $sealed Of a meta value or an option.
	 */
	public static function open( $sealed ): string {
		return is_string( $sealed ) && '' !== $sealed ? (string) WPCD()->decrypt( $sealed ) : '';
	}
}
