<?php
/**
 * What WordPress keeps of its pairing with a backend.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * The backend's address, the audience that requests are signed for, and the site's own key pair, whose secret half is
 * sealed. One pairing a site.
 */
class Pairing {

	const OPTION = 'email_gateway_pairing';

	/**
	 * The option that holds it.
	 *
	 * @var Kept_Pairing
	 */
	private $kept;

	/**
	 * Keeps where it is.
	 *
	 * @param string $option The option that holds it.
	 */
	public function __construct( string $option = self::OPTION ) {
		$this->kept = new Kept_Pairing( $option );
	}

	/**
	 * The address of this site as it was set, not as filters of the moment (a language, https) would have it: the
	 * backend recognises a copied site by another one.
	 */
	public static function site_url(): string {
		return untrailingslashit( (string) get_option( 'home' ) );
	}

	/**
	 * Whether the site is paired and can use the pairing.
	 */
	public function is_usable(): bool {
		return null !== $this->credentials();
	}

	/**
	 * What signs and addresses a request.
	 *
	 * @return array{backend_url: string, audience: string, key_id: string, secret_key: string}|null Null when the site
	 *         is not paired, or its key cannot be opened (the salts in wp-config.php were changed).
	 */
	public function credentials(): ?array {
		$kept = $this->kept->read();
		if ( null === $kept ) {
			return null;
		}
		$secret_key = Seal::open( $kept['sealed_secret_key'] );
		if ( null === $secret_key ) {
			return null;
		}
		return array(
			'backend_url' => $kept['backend_url'],
			'audience'    => $kept['audience'],
			'key_id'      => $kept['key_id'],
			'secret_key'  => $secret_key,
		);
	}

	/**
	 * The key that shows the backend that this is the same site when it pairs again; it signs nothing else. It may have
	 * been sealed before the key for that was put into wp-config.php. A copy of the site has it as well: at another
	 * address than the paired one it counts as none.
	 *
	 * @return array{key_id: string, secret_key: string}|null Null when there is none.
	 */
	public function former_key(): ?array {
		$kept       = $this->kept->read();
		$secret_key = null === $kept || self::site_url() !== $kept['site_url'] ? null : Seal::open_formerly_sealed( $kept['sealed_secret_key'] );
		return null === $secret_key ? null : array( 'key_id' => $kept['key_id'], 'secret_key' => $secret_key );
	}

	/**
	 * The key that is to take the place of the present one.
	 */
	public function next_key(): Next_Key {
		return new Next_Key( $this, $this->kept );
	}

	/**
	 * Seconds since the present key was made.
	 */
	public function key_age(): int {
		$kept = $this->kept->read();
		return time() - (int) ( $kept['key_made_at'] ?? $kept['paired_at'] ?? 0 );
	}

	/**
	 * What people may see of it.
	 *
	 * @return array{paired: bool, keyReadable: bool, keepsServers: bool, backendUrl: ?string, siteUrl: ?string, moved: bool, fingerprint: ?string, pairedAt: ?string}
	 */
	public function view(): array {
		$kept = $this->kept->read();
		return array(
			'paired'       => null !== $kept,
			'keyReadable'  => $this->is_usable(),
			// When it pairs again with the same backend.
			'keepsServers' => null !== $this->former_key(),
			'backendUrl'   => $kept['backend_url'] ?? null,
			'siteUrl'      => $kept['site_url'] ?? null,
			'moved'        => null !== $kept && self::site_url() !== $kept['site_url'],
			'fingerprint'  => null === $kept ? null : self::fingerprint( $kept['public_key'] ),
			'pairedAt'     => null === $kept ? null : gmdate( 'Y-m-d\TH:i:s\Z', $kept['paired_at'] ),
		);
	}

	/**
	 * Keeps a pairing that the backend confirmed, in place of any former one.
	 *
	 * @param string                                  $backend_url Without a slash at the end.
	 * @param array{public: string, secret: string}   $keys        Raw.
	 * @param array{key_id: string, audience: string} $confirmed   What the backend answered.
	 */
	public function keep( string $backend_url, array $keys, array $confirmed ): void {
		$kept = array(
			'backend_url'       => $backend_url,
			'audience'          => untrailingslashit( $confirmed['audience'] ),
			'key_id'            => $confirmed['key_id'],
			'public_key'        => base64_encode( $keys['public'] ),
			'sealed_secret_key' => Seal::close( $keys['secret'] ),
			'site_url'          => self::site_url(),
			'paired_at'         => time(),
		);
		$this->kept->write( $kept );
		delete_option( Backend_Clock::OPTION );
	}

	/**
	 * Notes that the backend knows the site by its present address: it answers a request only then.
	 */
	public function confirm_site_url(): void {
		$kept = $this->kept->read();
		if ( null !== $kept && self::site_url() !== $kept['site_url'] ) {
			$kept['site_url'] = self::site_url();
			$this->kept->write( $kept );
		}
	}

	/**
	 * Forgets the backend and destroys the key.
	 */
	public function forget(): void {
		$this->kept->destroy();
		delete_option( Backend_Clock::OPTION );
	}

	/**
	 * A new key pair.
	 *
	 * @return array{public: string, secret: string} Raw.
	 */
	public static function make_keys(): array {
		$pair = sodium_crypto_sign_keypair();
		return array(
			'public' => sodium_crypto_sign_publickey( $pair ),
			'secret' => sodium_crypto_sign_secretkey( $pair ),
		);
	}

	/**
	 * The fingerprint of a key, as OpenSSH writes one.
	 *
	 * @param string $public_key Base64.
	 */
	private static function fingerprint( string $public_key ): string {
		$digest = hash( 'sha256', (string) base64_decode( $public_key, true ), true );
		return 'SHA256:' . rtrim( base64_encode( $digest ), '=' );
	}
}
