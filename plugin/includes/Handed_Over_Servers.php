<?php
/**
 * What happens when a server gets another owner.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Servers;
use WP_Post;

/**
 * Each request about a server tells the backend whose it is. This one tells it at once, so that no job of the former owner
 * is begun any more. Nobody's save waits for a backend that is slow or silent: after two seconds in all, cron tells the rest.
 */
class Handed_Over_Servers {

	const OPTION = 'email_gateway_servers_handed_over';
	const EVENT  = 'email_gateway_tell_owners';
	/** Between two tries of cron. */
	const PAUSE = 5 * MINUTE_IN_SECONDS;
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
	 * Servers of which the backend may not know the owner.
	 *
	 * @var Untold
	 */
	private $untold;

	/**
	 * When this request of a person tells no more, seconds since the epoch; null: it has told nothing yet.
	 *
	 * @var float|null
	 */
	private $give_up_at = null;

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
		$this->untold  = new Untold( self::OPTION, self::EVENT );
	}

	/**
	 * Action post_updated.
	 *
	 * @param int     $post_id Of any post.
	 * @param WP_Post $after   As it is.
	 * @param WP_Post $before  As it was.
	 */
	public function tell( int $post_id, WP_Post $after, WP_Post $before ): void {
		if ( $after->post_author === $before->post_author || $this->servers->post_type() !== $after->post_type
			|| 'auto-draft' === $before->post_status || ! $this->pairing->is_usable() ) {
			return;
		}
		$this->untold->keep( array_merge( $this->untold->ids(), array( $post_id ) ), 0 );
		$this->tell_shortly( array( $post_id ) );
	}

	/**
	 * Action delete_user: their servers go to somebody else, without post_updated.
	 *
	 * @param int|string      $user_id     Who goes.
	 * @param int|string|null $new_user_id Who gets their posts; none: nobody.
	 */
	public function before_user_goes( $user_id, $new_user_id ): void {
		if ( ! (int) $new_user_id || ! $this->pairing->is_usable() ) {
			return;
		}
		$theirs = get_posts(
			array(
				'post_type'   => $this->servers->post_type(),
				'post_status' => array_keys( get_post_stati() ),
				'author'      => (int) $user_id,
				'numberposts' => -1,
				'fields'      => 'ids',
			)
		);
		$this->untold->keep( array_merge( $this->untold->ids(), $theirs ), 0 );
	}

	/**
	 * Action remove_user_from_blog, which a network has for it.
	 *
	 * @param int|string      $user_id     Who goes.
	 * @param int|string      $site_id     From where; WordPress has switched to it.
	 * @param int|string|null $new_user_id As above.
	 */
	public function before_user_leaves( $user_id, $site_id, $new_user_id ): void {
		$this->before_user_goes( $user_id, $new_user_id );
	}

	/**
	 * Action deleted_user: by now they are somebody else's.
	 */
	public function after_user_went(): void {
		$this->tell_shortly( $this->untold->ids() );
	}

	/**
	 * Action of the event.
	 */
	public function try_again(): void {
		$this->untold->keep( $this->pairing->is_usable() ? $this->untold->ids() : array(), self::PAUSE );
		$this->tell_until( $this->untold->ids(), microtime( true ) + self::LONGEST );
	}

	/**
	 * Tells what can be told while somebody waits.
	 *
	 * @param int[] $post_ids Of servers.
	 */
	private function tell_shortly( array $post_ids ): void {
		$this->give_up_at = $this->give_up_at ?? microtime( true ) + Backend_Client::SHORT_SECONDS;
		$this->tell_until( $post_ids, $this->give_up_at );
	}

	/**
	 * Tells whose these servers are now, up to the first that is not heard.
	 *
	 * @param int[] $post_ids   Of servers.
	 * @param float $give_up_at Seconds since the epoch.
	 */
	private function tell_until( array $post_ids, float $give_up_at ): void {
		foreach ( $post_ids as $post_id ) {
			$left = $give_up_at - microtime( true );
			if ( $left <= 0 || ! $this->pairing->is_usable() ) {
				return;
			}
			if ( ! $this->is_told( $post_id, min( $left, Backend_Client::TIMEOUT_SECONDS ) ) ) {
				$this->give_up_at = 0.0;
				return;
			}
			$this->untold->keep( array_diff( $this->untold->ids(), array( $post_id ) ), self::PAUSE );
		}
	}

	/**
	 * Tells whose a server is. A server that is gone is nobody's.
	 *
	 * @param int   $post_id Of a server.
	 * @param float $seconds How long it may take.
	 */
	private function is_told( int $post_id, float $seconds ): bool {
		$post = get_post( $post_id );
		if ( ! $post instanceof WP_Post ) {
			return true;
		}
		$request = array( 'method' => 'GET', 'path' => "/servers/{$post_id}/audit", 'query' => '', 'body' => '' );
		$answer  = $this->backend->ask( $request, Actor::current_user( array( 'see_audit' ), (int) $post->post_author ), $seconds );
		// 403: the server changed hands twice within a minute.
		return ! Backend_Client::is_worth_another_try( $answer ) && ( is_wp_error( $answer ) || 403 !== $answer['status'] );
	}
}
