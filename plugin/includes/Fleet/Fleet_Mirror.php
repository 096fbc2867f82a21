<?php
/**
 * What the backend is told of names and owners of servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

use Email_Gateway\Actor;
use Email_Gateway\Backend_Client;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Servers;

/**
 * The backend mirrors how servers are called and whose they are, so that one query of its database searches, sorts and
 * pages ten thousand. It decides nothing by them. Each change is told when it is made; all of it is told again each day in
 * bounded pieces, and at once where the mirror is seen not to be whole: what was missed heals.
 */
class Fleet_Mirror {

	const EVENT = 'email_gateway_mirror_servers';
	/** Changes of one request that are told one by one. */
	const FEW = 20;
	/** Of one run of cron, seconds. */
	const LONGEST = 20;

	/**
	 * The servers of this site.
	 *
	 * @var Servers
	 */
	private $servers;

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
	 * Ids of posts that this request changed, as keys.
	 *
	 * @var array<int, true>
	 */
	private $changed = array();

	/**
	 * Keeps what it asks.
	 *
	 * @param Servers        $servers The servers of this site.
	 * @param Pairing        $pairing The pairing.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Servers $servers, Pairing $pairing, Backend_Client $backend ) {
		$this->servers = $servers;
		$this->pairing = $pairing;
		$this->backend = $backend;
	}

	/**
	 * Action save_post and deleted_post: a server was added, renamed, given away, trashed, restored or deleted.
	 *
	 * @param int      $post_id Of any post.
	 * @param \WP_Post $post    The same.
	 */
	public function note( int $post_id, \WP_Post $post ): void {
		if ( $this->servers->post_type() === $post->post_type && 'auto-draft' !== $post->post_status ) {
			$this->changed[ $post_id ] = true;
		}
	}

	/**
	 * Action deleted_user, and remove_user_from_blog: WordPress gives their posts away without a word about each.
	 */
	public function note_all(): void {
		$this->heal_in( 0 );
	}

	/**
	 * Action shutdown: tells what this request changed. A person waits for it: not for long.
	 */
	public function tell_changed(): void {
		$ids           = array_keys( $this->changed );
		$this->changed = array();
		if ( array() === $ids || ! $this->pairing->is_usable() ) {
			return;
		}
		$give_up_at = microtime( true ) + Backend_Client::SHORT_SECONDS;
		foreach ( count( $ids ) > self::FEW ? array() : $ids as $id ) {
			$left = $give_up_at - microtime( true );
			if ( $left <= 0 || ! $this->is_told( Entries::of( array( $id ), $id, $id, $this->servers ), $left ) ) {
				$this->heal_in( 5 * MINUTE_IN_SECONDS );
				return;
			}
		}
		if ( count( $ids ) > self::FEW ) {
			$this->heal_in( 0 );
		}
	}

	/**
	 * Action init: all of it once a day.
	 */
	public function schedule(): void {
		if ( ! wp_next_scheduled( self::EVENT ) && $this->pairing->is_usable() ) {
			wp_schedule_event( time() + MINUTE_IN_SECONDS, 'daily', self::EVENT );
		}
	}

	/**
	 * Has cron tell all of it.
	 *
	 * @param int $seconds When.
	 * @param int $from    The first id that was not told yet.
	 */
	public function heal_in( int $seconds, int $from = 1 ): void {
		if ( ! wp_next_scheduled( self::EVENT, array( $from ) ) ) {
			wp_schedule_single_event( time() + $seconds, self::EVENT, array( $from ) );
		}
	}

	/**
	 * Action of the event: tells all servers from one on, piece by piece, for as long as a run of cron may take; the rest
	 * in the next one.
	 *
	 * @param int|string $from Id.
	 */
	public function heal( $from = 1 ): void {
		$next       = max( 1, (int) $from );
		$give_up_at = microtime( true ) + self::LONGEST;
		while ( $this->pairing->is_usable() ) {
			$piece = Entries::from( $next, $this->servers );
			if ( microtime( true ) > $give_up_at || ! $this->is_told( $piece, Backend_Client::TIMEOUT_SECONDS ) ) {
				$this->heal_in( 5 * MINUTE_IN_SECONDS, $next );
				return;
			}
			if ( null === $piece['lastId'] ) {
				return;
			}
			$next = $piece['lastId'] + 1;
		}
	}

	/**
	 * Tells one piece.
	 *
	 * @param array $piece   As the contract's mirrorServers asks for.
	 * @param float $seconds How long it may take.
	 */
	private function is_told( array $piece, float $seconds ): bool {
		$body    = wp_json_encode( $piece, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
		$request = array( 'method' => 'PUT', 'path' => '/fleet/entries', 'query' => '', 'body' => (string) $body );
		// WordPress let this person, or its own clean-up, change the server: the mirror follows.
		$answer = $this->backend->ask( $request, Actor::current_user( array( 'manage_site' ) ), $seconds );
		return ! is_wp_error( $answer ) && 200 === $answer['status'];
	}
}
