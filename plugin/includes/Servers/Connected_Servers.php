<?php
/**
 * Which servers are connected.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Actor;
use Email_Gateway\Backend_Client;

/**
 * Servers of a panel are there before the first run: the backend says which of them were begun with.
 */
class Connected_Servers {

	/** The page waits no longer; then there are no steps on it. */
	const SECONDS = 1.0;

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * Keeps what it asks.
	 *
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Backend_Client $backend ) {
		$this->backend = $backend;
	}

	/**
	 * Those of some servers that are connected.
	 *
	 * @param int[] $servers Ids, as many as one call of the backend may be about; the current user manages the site.
	 * @return int[]|null Null where the backend does not tell.
	 */
	public function among( array $servers ): ?array {
		if ( ! $servers ) {
			return array();
		}
		$request = array( 'method' => 'GET', 'path' => '/servers', 'query' => 'ids=' . rawurlencode( implode( ',', $servers ) ), 'body' => '' );
		$answer  = $this->backend->ask( $request, Actor::current_user( array( 'manage_site', 'run_gateway' ) ), self::SECONDS );
		if ( is_wp_error( $answer ) || 200 !== $answer['status'] || ! is_array( $answer['body']->servers ?? null ) ) {
			return null;
		}
		$connected = array();
		foreach ( $answer['body']->servers as $server ) {
			if ( 'not_connected' !== ( $server->state ?? 'not_connected' ) ) {
				$connected[] = (int) ( $server->serverId ?? 0 );
			}
		}
		return array_values( array_intersect( $servers, $connected ) );
	}
}
