<?php
/**
 * The key that is to take the place of a pairing's present one.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * It is made and kept before the backend is asked to take it, and takes its place once the backend knows it.
 */
class Next_Key {

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The option that holds both.
	 *
	 * @var Kept_Pairing
	 */
	private $kept;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing      $pairing The pairing.
	 * @param Kept_Pairing $kept    The option that holds both.
	 */
	public function __construct( Pairing $pairing, Kept_Pairing $kept ) {
		$this->pairing = $pairing;
		$this->kept    = $kept;
	}

	/**
	 * What signs with it.
	 *
	 * @return array|null As Pairing::credentials(); null where there is none.
	 */
	public function credentials(): ?array {
		$present    = $this->pairing->credentials();
		$secret_key = Seal::open( $this->kept->read()['sealed_next_key'] ?? '' );
		if ( null === $present || null === $secret_key ) {
			return null;
		}
		$digest = hash( 'sha256', sodium_crypto_sign_publickey_from_secretkey( $secret_key ), true );
		return array( 'key_id' => substr( Signature::base64url( $digest ), 0, 22 ), 'secret_key' => $secret_key ) + $present;
	}

	/**
	 * Makes and keeps it, unless there is one: whoever asks the backend to take it has it then.
	 *
	 * @return array As credentials().
	 */
	public function make(): array {
		if ( null === $this->credentials() ) {
			$next = array( 'sealed_next_key' => Seal::close( Pairing::make_keys()['secret'] ) );
			$this->kept->write( $next + $this->kept->read() );
		}
		return $this->credentials();
	}

	/**
	 * Takes it in place of the present one.
	 */
	public function take(): void {
		$next = $this->credentials();
		$kept = $this->kept->read();
		if ( null === $next || null === $kept ) {
			return;
		}
		$changed = array(
			'key_id'            => $next['key_id'],
			'public_key'        => base64_encode( sodium_crypto_sign_publickey_from_secretkey( $next['secret_key'] ) ),
			'sealed_secret_key' => $kept['sealed_next_key'],
			'key_made_at'       => time(),
		);
		unset( $kept['sealed_next_key'] );
		$this->kept->write( $changed + $kept );
	}
}
