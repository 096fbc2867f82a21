<?php
/**
 * Keeps a secret in the database so that the database alone does not give it away.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use SodiumException;

/**
 * Authenticated encryption (XSalsa20-Poly1305) under a key that lies outside the database: the constant
 * EMAIL_GATEWAY_KEY where wp-config.php defines it, else derived from the salts there.
 */
class Seal {

	/**
	 * Seals bytes.
	 *
	 * @param string $secret Anything.
	 * @return string Base64 of the nonce and the sealed bytes.
	 */
	public static function close( string $secret ): string {
		$nonce = random_bytes( SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		return base64_encode( $nonce . sodium_crypto_secretbox( $secret, $nonce, self::key() ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
	}

	/**
	 * Opens what close() made.
	 *
	 * @param string $sealed Text from the database.
	 * @return string|null Null when it was sealed under another key (the salts were changed) or altered.
	 */
	public static function open( string $sealed ): ?string {
		$bytes = (string) base64_decode( $sealed, true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions
		$nonce = substr( $bytes, 0, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		try {
			$opened = sodium_crypto_secretbox_open( substr( $bytes, strlen( $nonce ) ), $nonce, self::key() );
		} catch ( SodiumException $exception ) {
			return null;
		}
		return false === $opened ? null : $opened;
	}

	/**
	 * The key, 32 bytes.
	 */
	private static function key(): string {
		$source = defined( 'EMAIL_GATEWAY_KEY' ) ? (string) EMAIL_GATEWAY_KEY : wp_salt( 'auth' );
		return hash_hkdf( 'sha256', $source, SODIUM_CRYPTO_SECRETBOX_KEYBYTES, 'email-gateway site key' );
	}
}
