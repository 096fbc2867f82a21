<?php
/**
 * What WPCD() gives out.
 *
 * @package Email_Gateway_Lab
 */

/**
 * Encryption and clouds. The encryption is not WPCloudDeploy's: only that there is one, and that its own function opens it.
 */
class WPCD_Stand_In {

	const CLOUDS = array( 'custom-server', 'lab', 'aws' );

	/**
	 * Objects by name, as there.
	 *
	 * @var array
	 */
	public $classes = array();

	/**
	 * Opens what encrypt() made; empty where it is not that.
	 *
	 * @param string $sealed Text of a meta value or an option.
	 */
	public function decrypt( $sealed ) {
		$bytes = (string) base64_decode( (string) $sealed, true );
		return strlen( $bytes ) < 16 ? '' : (string) openssl_decrypt( substr( $bytes, 16 ), 'aes-256-ctr', $this->key(), OPENSSL_RAW_DATA, substr( $bytes, 0, 16 ) );
	}

	/**
	 * Seals a text.
	 *
	 * @param string $plain Any.
	 */
	public function encrypt( $plain ) {
		$iv = random_bytes( 16 );
		return base64_encode( $iv . openssl_encrypt( $plain, 'aes-256-ctr', $this->key(), OPENSSL_RAW_DATA, $iv ) );
	}

	/**
	 * A cloud; null where none has this slug.
	 *
	 * @param string $provider Its slug.
	 */
	public function get_provider_api( $provider ) {
		return in_array( $provider, self::CLOUDS, true ) ? new WPCD_Stand_In_Provider( $provider ) : null;
	}

	/**
	 * The key, 32 bytes.
	 */
	private function key() {
		return hash( 'sha256', 'wpcd ' . wp_salt(), true );
	}
}
