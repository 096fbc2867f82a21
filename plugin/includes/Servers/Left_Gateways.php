<?php
/**
 * Gateways that would stay behind on servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Actor;
use Email_Gateway\Backend_Client;
use Email_Gateway\Pairing;

/**
 * Asks the backend which servers still have a gateway, with its credentials.
 */
class Left_Gateways {

	/** As many as the backend tells of in one answer. */
	const AT_ONCE        = 100;
	const SPARED_SECONDS = 60;

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
	 * Until when a silent backend is not asked again, seconds since the epoch: many may be deleted at once.
	 *
	 * @var int
	 */
	private $spared_until = 0;

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
	 * Which of some servers have a gateway that would stay behind.
	 *
	 * @param int[] $servers Ids.
	 * @return int[]|null Null where the backend does not tell.
	 */
	public function on( array $servers ): ?array {
		if ( ! $servers || ! $this->pairing->is_usable() ) {
			return array();
		}
		$found = array();
		foreach ( array_chunk( $servers, self::AT_ONCE ) as $some ) {
			if ( time() < $this->spared_until ) {
				return null;
			}
			$request = array(
				'method' => 'GET',
				'path'   => '/servers',
				'query'  => 'ids=' . rawurlencode( implode( ',', $some ) ),
				'body'   => '',
			);
			// WordPress let this person, or its own clean-up, delete them: that is enough to ask.
			$answer = $this->backend->ask( $request, Actor::current_user( array( 'run_gateway' ) ) );
			if ( is_wp_error( $answer ) || 200 !== $answer['status'] || ! is_array( $answer['body']->servers ?? null ) ) {
				$this->spared_until = time() + ( is_wp_error( $answer ) ? self::SPARED_SECONDS : 0 );
				return null;
			}
			foreach ( $answer['body']->servers as $server ) {
				if ( true === ( $server->hasGateway ?? null ) ) {
					$found[] = (int) $server->serverId;
				}
			}
		}
		return array_values( array_intersect( $servers, $found ) );
	}
}
