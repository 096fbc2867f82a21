<?php
/**
 * Replaces the key of this site before it expires.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * The backend lets a key end after 90 days. Once a day WordPress looks how old its own is, and after 60 days has it replaced
 * by a new one: the present key signs the request, the new one proves that it is here. The new one is kept before it is
 * asked for, so that an answer that gets lost locks nobody out (Backend_Client).
 */
class Key_Rotation {

	const EVENT         = 'email_gateway_rotate_key';
	const AFTER_SECONDS = 60 * DAY_IN_SECONDS;

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
	 * Has the age of the key looked at once a day, as long as the site is paired.
	 */
	public function schedule(): void {
		if ( $this->pairing->is_usable() && ! wp_next_scheduled( self::EVENT ) ) {
			wp_schedule_event( time() + DAY_IN_SECONDS, 'daily', self::EVENT );
		}
	}

	/**
	 * Action of the daily event.
	 */
	public function rotate(): void {
		$actor = Actor::wordpress( array( 'manage_site' ) );
		if ( null !== $this->pairing->next_key()->credentials() ) {
			// Takes the next key where only the answer was lost.
			$this->backend->ask( array( 'method' => 'GET', 'path' => '/site', 'query' => '', 'body' => '' ), $actor );
		}
		$present = $this->pairing->credentials();
		if ( null === $present || $this->pairing->key_age() < self::AFTER_SECONDS ) {
			return;
		}
		$next   = $this->pairing->next_key()->make();
		$public = base64_encode( sodium_crypto_sign_publickey_from_secretkey( $next['secret_key'] ) );
		$text   = implode( "\n", array( Contract::purpose( 'rotate' ), $present['key_id'], $public, Pairing::site_url() ) );
		$body   = array(
			'publicKey' => $public,
			'proof'     => base64_encode( sodium_crypto_sign_detached( $text, $next['secret_key'] ) ),
		);
		$request = array(
			'method' => 'POST',
			'path'   => '/site/rotate-key',
			'query'  => '',
			'body'   => wp_json_encode( $body, JSON_UNESCAPED_SLASHES ),
		);
		$answer  = $this->backend->ask( $request, $actor );
		if ( ! is_wp_error( $answer ) && 200 === $answer['status'] ) {
			$this->pairing->next_key()->take();
		}
	}
}
