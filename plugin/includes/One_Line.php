<?php
/**
 * One line of text.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Text that WordPress or another plugin keeps, as the contract's oneLine takes it.
 */
class One_Line {

	/**
	 * The text without line breaks and controls. A byte that is no UTF-8 becomes U+FFFD, as WordPress has it since 6.9:
	 * a pattern would refuse the whole text for it.
	 *
	 * @param string $text Any bytes.
	 * @param int    $most Characters.
	 */
	public static function of( string $text, int $most ): string {
		$utf8 = json_decode( wp_json_encode( $text, JSON_INVALID_UTF8_SUBSTITUTE ) );
		return mb_substr( trim( preg_replace( '/[\s\p{Cc}]+/u', ' ', $utf8 ) ), 0, $most );
	}
}
