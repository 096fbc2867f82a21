<?php
/**
 * Keeps a secret in the database so that the database alone does not give it away.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use SodiumException;

/**
 * Authenticated encryption (XSalsa20-Poly1305) under the key of Seal_Key.
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
		return base64_encode( $nonce . sodium_crypto_secretbox( $secret, $nonce, self::key( Seal_Key::source() ) ) );
	}

	/**
	 * Opens what close() made.
	 *
	 * @param string $sealed Text from the database.
	 * @return string|null Null when it was sealed under another key (the salts were changed) or altered.
	 */
	public static function open( string $sealed ): ?string {
		return self::open_with( Seal_Key::source(), $sealed );
	}

	/**
	 * Opens also what was sealed before the key was put into wp-config.php.
	 *
	 * @param string $sealed Text from the database.
	 * @return string|null As open().
	 */
	public static function open_formerly_sealed( string $sealed ): ?string {
		foreach ( array_merge( array( Seal_Key::source() ), Seal_Key::former_sources() ) as $source ) {
			$opened = self::open_with( $source, $sealed );
			if ( null !== $opened ) {
				return $opened;
			}
		}
		return null;
	}

	/**
	 * Opens with one key.
	 *
	 * @param string $source What the key is derived from.
	 * @param string $sealed Text from the database.
	 */
	private static function open_with( string $source, string $sealed ): ?string {
		if ( '' === $source ) {
			return null;
		}
		$bytes = (string) base64_decode( $sealed, true );
		$nonce = substr( $bytes, 0, SODIUM_CRYPTO_SECRETBOX_NONCEBYTES );
		try {
			$opened = sodium_crypto_secretbox_open( substr( $bytes, strlen( $nonce ) ), $nonce, self::key( $source ) );
		} catch ( SodiumException $exception ) {
			return null;
		}
		return false === $opened ? null : $opened;
	}

	/**
	 * The key, 32 bytes.
	 *
	 * @param string $source What it is derived from.
	 */
	private static function key( string $source ): string {
		return hash_hkdf( 'sha256', $source, SODIUM_CRYPTO_SECRETBOX_KEYBYTES, 'email-gateway site key' );
	}
}
