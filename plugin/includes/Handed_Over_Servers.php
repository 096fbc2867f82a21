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
 * is begun any more. Where the backend does not answer, the next request tells it.
 */
class Handed_Over_Servers {

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
		$request = array( 'method' => 'GET', 'path' => "/servers/{$post_id}/audit", 'query' => '', 'body' => '' );
		$this->backend->ask( $request, Actor::current_user( array( 'see_audit' ), (int) $after->post_author ) );
	}
}
