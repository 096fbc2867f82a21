<?php
/**
 * What happens when the post of a server is deleted for good.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Servers;
use WP_Post;

/**
 * Asks the backend to forget the server, with its secrets. Nothing changes on the server itself: whoever wants the
 * gateway gone removes it first.
 */
class Deleted_Servers {

	const SPARED_SECONDS = 60;

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
	 * Until when a backend that was silent is not asked again, seconds since the epoch: many posts may be deleted at
	 * once, and each would wait for it.
	 *
	 * @var int
	 */
	private $spared_until = 0;

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
	 * Action before_delete_post. A failure keeps nobody from deleting the post.
	 *
	 * @param int $post_id Of any post.
	 */
	public function forget( int $post_id ): void {
		$post = get_post( $post_id );
		if ( ! $post instanceof WP_Post || $this->servers->post_type() !== $post->post_type
			|| 'auto-draft' === $post->post_status || time() < $this->spared_until || ! $this->pairing->is_usable() ) {
			return;
		}
		$answer = $this->backend->ask(
			array(
				'method' => 'POST',
				'path'   => "/servers/{$post_id}/forget",
				'query'  => '',
				'body'   => '{}',
			),
			// WordPress let this person, or its own clean-up, delete the post: the records go with it.
			Actor::current_user( array( 'change_connection', 'run_gateway' ) )
		);
		if ( is_wp_error( $answer ) ) {
			$this->spared_until = time() + self::SPARED_SECONDS;
		}
	}
}
