<?php
/**
 * What the site's key is sealed with, and whether it lies apart from it.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * The constant EMAIL_GATEWAY_KEY where wp-config.php defines it, else the salts there. Where wp-config.php has no salts,
 * WordPress keeps some in the options, beside what they would seal: who has the database has both.
 */
class Seal_Key {

	/** Of which the database tells nothing: half of what WordPress's own salts have for this purpose. */
	const LEAST_CHARACTERS = 32;

	/**
	 * The text that the key is derived from.
	 */
	public static function source(): string {
		return defined( 'EMAIL_GATEWAY_KEY' ) ? (string) EMAIL_GATEWAY_KEY : wp_salt( 'auth' );
	}

	/**
	 * What it may have been before EMAIL_GATEWAY_KEY or salts were added to wp-config.php.
	 *
	 * @return string[]
	 */
	public static function former_sources(): array {
		return array( wp_salt( 'auth' ), implode( '', self::salts_in_database() ) );
	}

	/**
	 * Whether the database alone, or a few guesses, would give it.
	 */
	public static function is_beside_what_it_seals(): bool {
		$elsewhere = str_replace( array_filter( self::salts_in_database() ), '', self::source() );
		return strlen( $elsewhere ) < self::LEAST_CHARACTERS;
	}

	/**
	 * What happened, and what to do, for who may edit wp-config.php.
	 *
	 * @return string[] Two sentences.
	 */
	public static function sentences(): array {
		return array(
			defined( 'EMAIL_GATEWAY_KEY' )
				? __( 'EMAIL_GATEWAY_KEY in wp-config.php is too short or is in the database as well, so the key of this site would not be safe in a stolen copy of the database.', 'email-gateway' )
				: __( 'wp-config.php has no salts, so WordPress keeps them in the database: anyone with a copy of it could open the key of this site, which means root on its servers.', 'email-gateway' ),
			__( 'Put EMAIL_GATEWAY_KEY with a long random text into wp-config.php (Tools → Site Health shows the line), then pair.', 'email-gateway' ),
		);
	}

	/**
	 * A line to paste, with another text each time.
	 */
	public static function line(): string {
		return sprintf( "define( 'EMAIL_GATEWAY_KEY', '%s' );", wp_generate_password( 64, false ) );
	}

	/**
	 * Salts that WordPress made for itself; empty where it needed none.
	 *
	 * @return string[]
	 */
	private static function salts_in_database(): array {
		return array( (string) get_site_option( 'auth_key', '' ), (string) get_site_option( 'auth_salt', '' ) );
	}
}
