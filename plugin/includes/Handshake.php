<?php
/**
 * Pairs this site with a backend.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_Error;

/**
 * Makes a key pair, registers its public half with the one-time code, and keeps the result.
 */
class Handshake {

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Pairing $pairing, Backend_Client $backend ) {
		$this->pairing = $pairing;
		$this->backend = $backend;
	}

	/**
	 * Pairs, in place of any former pairing, which stays as it is when this fails.
	 *
	 * @param string $typed_url Address of the backend, as typed.
	 * @param string $code      The one-time code that the backend printed.
	 * @return true|WP_Error key_in_database, backend_address_refused, backend_unreachable, backend_refused,
	 *         wrong_backend_address, or what the backend answered.
	 */
	public function pair( string $typed_url, string $code ) {
		if ( Seal_Key::is_beside_what_it_seals() ) {
			return new WP_Error( 'key_in_database', implode( ' ', Seal_Key::sentences() ), array( 'status' => 409 ) );
		}
		$backend_url = Backend_Address::parse( $typed_url );
		if ( is_wp_error( $backend_url ) ) {
			return $backend_url;
		}
		$keys   = Pairing::make_keys();
		$asked  = array(
			'code'      => trim( $code ),
			'publicKey' => base64_encode( $keys['public'] ),
			'siteUrl'   => Pairing::site_url(),
			'siteName'  => self::site_name(),
			// Signed as well: whoever answers here cannot pass it on to another backend.
			'backendUrl' => $backend_url,
		);
		$asked['proof'] = self::signed( Contract::purpose( 'pair' ), $asked, $keys['secret'] );
		$answer         = $this->backend->pair( $backend_url, $asked + $this->proof_of_former_key( $asked ) );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$confirmed = $this->confirmed( $answer, $backend_url );
		if ( is_wp_error( $confirmed ) ) {
			return $confirmed;
		}
		$this->pairing->keep( $backend_url, $keys, $confirmed );
		( new Fixed_Defaults( $this->backend ) )->hand_over();
		return true;
	}

	/**
	 * Signs with the key of the present pairing that this is the same site, which keeps its servers.
	 *
	 * @param array{code: string, publicKey: string, siteUrl: string, backendUrl: string} $asked What the backend is asked.
	 * @return array With signedBy; empty where there is no such key.
	 */
	private function proof_of_former_key( array $asked ): array {
		$former = $this->pairing->former_key();
		if ( null === $former ) {
			return array();
		}
		$signature = self::signed( Contract::purpose( 'pairAgain' ), $asked, $former['secret_key'] );
		return array( 'signedBy' => array( 'keyId' => $former['key_id'], 'signature' => $signature ) );
	}

	/**
	 * Signs what is asked, base64.
	 *
	 * @param string                                                                      $purpose    Keeps one signature from being used for another purpose.
	 * @param array{code: string, publicKey: string, siteUrl: string, backendUrl: string} $asked      What the backend is asked.
	 * @param string                                                                      $secret_key Raw.
	 */
	private static function signed( string $purpose, array $asked, string $secret_key ): string {
		$text = implode( "\n", array( $purpose, $asked['code'], $asked['publicKey'], $asked['siteUrl'], $asked['backendUrl'] ) );
		return base64_encode( sodium_crypto_sign_detached( $text, $secret_key ) );
	}

	/**
	 * The name of this site as one line, which is what the backend takes.
	 */
	private static function site_name(): string {
		return One_Line::of( wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ), 255 );
	}

	/**
	 * What the backend confirmed. Both values end up inside headers and signatures, so that they are looked at first. What
	 * is signed for another address than the one that is asked could be passed on to it.
	 *
	 * @param array  $answer      Of the backend.
	 * @param string $backend_url That was asked.
	 * @return array{key_id: string, audience: string}|WP_Error
	 */
	private function confirmed( array $answer, string $backend_url ) {
		$body = $answer['body'];
		if ( $answer['status'] >= 400 ) {
			$status = 401 === $answer['status'] ? 502 : $answer['status'];
			$data   = array( 'status' => $status ) + (array) ( $body->data ?? array() );
			return new WP_Error( sanitize_key( $body->code ?? 'backend_refused' ), sanitize_text_field( $body->message ?? '' ), $data );
		}
		$key_id   = $body->keyId ?? null;
		$audience = Backend_Address::parse( is_string( $body->audience ?? null ) ? $body->audience : '' );
		if ( ! is_string( $key_id ) || ! preg_match( '/\A[A-Za-z0-9._:-]{1,128}\z/', $key_id ) || is_wp_error( $audience ) ) {
			return new WP_Error(
				'backend_refused',
				__( 'That address does not answer as a backend does.', 'email-gateway' ),
				array( 'status' => 502, 'reason' => 'answer_not_understood' )
			);
		}
		if ( ! Backend_Address::is_same( $audience, $backend_url ) ) {
			return new WP_Error(
				'wrong_backend_address',
				/* translators: %s: address of a backend */
				sprintf( __( 'The backend that answered has another address: %s.', 'email-gateway' ), $audience ),
				array( 'status' => 409, 'detail' => array( 'address' => $audience ) )
			);
		}
		return array( 'key_id' => $key_id, 'audience' => $audience );
	}
}
