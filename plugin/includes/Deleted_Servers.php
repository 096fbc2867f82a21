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
	const OPTION         = 'email_gateway_servers_to_forget';
	const EVENT          = 'email_gateway_forget_servers';

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
	 * Posts that are gone, and that the backend may still know.
	 *
	 * @var Untold
	 */
	private $untold;

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
		$this->untold  = new Untold( self::OPTION, self::EVENT );
	}

	/**
	 * Action before_delete_post. A failure keeps nobody from deleting the post.
	 *
	 * @param int $post_id Of any post.
	 */
	public function forget( int $post_id ): void {
		$post = get_post( $post_id );
		if ( ! $post instanceof WP_Post || $this->servers->post_type() !== $post->post_type
			|| 'auto-draft' === $post->post_status || ! $this->pairing->is_usable() ) {
			return;
		}
		if ( ! $this->is_forgotten( $post_id, Backend_Client::SHORT_SECONDS ) ) {
			$this->untold->keep( array_merge( $this->untold->ids(), array( $post_id ) ), HOUR_IN_SECONDS );
		}
	}

	/**
	 * Action of the event: asks for those that the backend did not answer about. One that is there again, out
	 * of a backup, is not forgotten.
	 */
	public function try_again(): void {
		$ids = $this->pairing->is_usable() ? $this->untold->ids() : array();
		$this->untold->keep( $ids, HOUR_IN_SECONDS );
		$left = array_filter(
			$ids,
			function ( int $post_id ) {
				return get_post_type( $post_id ) !== $this->servers->post_type() && ! $this->is_forgotten( $post_id, Backend_Client::TIMEOUT_SECONDS );
			}
		);
		$this->untold->keep( $left, HOUR_IN_SECONDS );
	}

	/**
	 * Asks the backend, unless it was silent just now.
	 *
	 * @param int   $post_id Of a server.
	 * @param float $seconds How long it may take.
	 */
	private function is_forgotten( int $post_id, float $seconds ): bool {
		if ( time() < $this->spared_until ) {
			return false;
		}
		$answer = $this->backend->ask(
			array(
				'method' => 'POST',
				'path'   => "/servers/{$post_id}/forget",
				'query'  => '',
				'body'   => '{}',
			),
			// WordPress let this person, or its own clean-up, delete the post: the records go with it.
			Actor::current_user( array( 'change_connection', 'run_gateway' ) ),
			$seconds
		);
		if ( is_wp_error( $answer ) ) {
			$this->spared_until = time() + self::SPARED_SECONDS;
		}
		return ! Backend_Client::is_worth_another_try( $answer );
	}
}
