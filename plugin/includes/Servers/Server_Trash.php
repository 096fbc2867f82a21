<?php
/**
 * The trash, and what is left on the servers behind it.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use WP_Post;

/**
 * A server whose gateway is still installed is neither moved to the trash nor deleted, by a person, by a command, or by
 * WordPress's own clean-up of the trash after 30 days: the gateway would go on with its credentials, and there would be
 * no screen left to remove it from. Remove it first; for a machine that is gone there is Forget This Server.
 */
class Server_Trash {

	/**
	 * Gateways that would stay behind.
	 *
	 * @var Left_Gateways
	 */
	private $left;

	/**
	 * Keeps what it asks.
	 *
	 * @param Left_Gateways $left Gateways that would stay behind.
	 */
	public function __construct( Left_Gateways $left ) {
		$this->left = $left;
	}

	/**
	 * Filters pre_trash_post and pre_delete_post: false stops it. A silent backend keeps no person from it (the screens
	 * ask before); the clean-up tries again the next day.
	 *
	 * @param mixed $decided Null where no other plugin has decided.
	 * @param mixed $post    Of any type.
	 * @return mixed
	 */
	public function keep( $decided, $post ) {
		if ( null !== $decided || ! $post instanceof WP_Post || ! self::is_server( $post->ID ) ) {
			return $decided;
		}
		$with_gateway = $this->left->on( array( $post->ID ) );
		return ( null === $with_gateway ? wp_doing_cron() : array() !== $with_gateway ) ? false : null;
	}

	/**
	 * Filter wp_insert_post_data: a form or XML-RPC can send any status. An owner changes none: a server that is out of
	 * sight goes on sending. And saving as `trash` is held to what Move to Trash is.
	 *
	 * @param array $data    What is about to be saved.
	 * @param array $changed With the id of a post that was there before.
	 */
	public function keep_status( array $data, array $changed ): array {
		$id     = (int) ( $changed['ID'] ?? 0 );
		$before = $id > 0 ? get_post( $id ) : null;
		if ( ! $before || ! self::is_server( $before->ID ) || $data['post_status'] === $before->post_status ) {
			return $data;
		}
		$is_owner = is_user_logged_in() && ! current_user_can( 'email_gateway_manage_site' );
		if ( $is_owner || ( 'trash' === $data['post_status'] && false === $this->keep( null, $before ) ) ) {
			$data['post_status'] = $before->post_status;
		}
		return $data;
	}

	/**
	 * Filter wp_untrash_post_status: a server that comes back from the trash is a server again, not a draft.
	 *
	 * @param string $status  What WordPress would give it.
	 * @param int    $post_id Of any post.
	 */
	public function restored_status( $status, $post_id ) {
		return Own_Servers::POST_TYPE === get_post_type( (int) $post_id ) ? 'publish' : $status;
	}

	/**
	 * Whether a post is a server that was saved once; one in the trash is one, too.
	 *
	 * @param int $id Of any post.
	 */
	public static function is_server( int $id ): bool {
		return $id > 0 && Own_Servers::POST_TYPE === get_post_type( $id ) && 'auto-draft' !== get_post_status( $id );
	}
}
