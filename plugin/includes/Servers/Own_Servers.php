<?php
/**
 * Servers as a post type of our own.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

/**
 * Where no panel keeps the servers, this post type does. The post's author is the owner of the server.
 */
class Own_Servers implements Servers {

	const POST_TYPE = 'email_gateway_server';

	/**
	 * Registers the post type: in wp-admin only, with the classic edit screen (it is not in the REST API).
	 */
	public function register(): void {
		register_post_type(
			self::POST_TYPE,
			array(
				'labels'          => $this->labels(),
				'public'          => false,
				'show_ui'         => true,
				'show_in_rest'    => false,
				'menu_icon'       => 'dashicons-email-alt',
				'supports'        => array( 'title', 'author' ),
				'rewrite'         => false,
				'query_var'       => false,
				'map_meta_cap'    => true,
				// A gateway goes on working when the account of its owner is deleted.
				'delete_with_user' => false,
				'capability_type' => array( self::POST_TYPE, self::POST_TYPE . 's' ),
				'capabilities'    => array( 'create_posts' => 'create_' . self::POST_TYPE . 's' ),
			)
		);
	}

	/**
	 * The post type whose edit screen shows a server.
	 */
	public function post_type(): string {
		return self::POST_TYPE;
	}

	/**
	 * Whether a post is a server that can be worked with: saved once, and not in the trash.
	 *
	 * @param int $server_id Id of any post.
	 */
	public function exists( int $server_id ): bool {
		$post = get_post( $server_id );
		return $server_id > 0 && $post && self::POST_TYPE === $post->post_type
			&& ! in_array( $post->post_status, array( 'auto-draft', 'trash' ), true );
	}

	/**
	 * Whether a server is the person's own.
	 *
	 * @param int $server_id Id of a server.
	 * @param int $user_id   0 for nobody, to whom nothing belongs.
	 */
	public function belongs_to( int $server_id, int $user_id ): bool {
		return $user_id > 0 && $this->exists( $server_id ) && (int) get_post( $server_id )->post_author === $user_id;
	}

	/**
	 * Whether the person has any server.
	 *
	 * @param int $user_id 0 for nobody.
	 */
	public function has_any( int $user_id ): bool {
		if ( $user_id <= 0 ) {
			return false;
		}
		$found = get_posts(
			array(
				'post_type'      => self::POST_TYPE,
				'post_status'    => array( 'publish', 'private', 'draft', 'pending', 'future' ),
				'author'         => $user_id,
				'posts_per_page' => 1,
				'fields'         => 'ids',
			)
		);
		return array() !== $found;
	}

	/**
	 * Capabilities of whoever may do everything.
	 *
	 * @param int $user_id Whoever.
	 */
	public function required_of_administrators( int $user_id ): array {
		return array( 'manage_options' );
	}

	/**
	 * People say it in Server Connection.
	 *
	 * @param int $server_id Id of a server.
	 */
	public function address( int $server_id ): ?array {
		return null;
	}

	/**
	 * The same.
	 *
	 * @param int $server_id Id of a server.
	 */
	public function current_address( int $server_id ): ?array {
		return null;
	}

	/**
	 * The backend keeps what people said.
	 *
	 * @param int $server_id Id of a server.
	 */
	public function connection( int $server_id ) {
		return null;
	}

	/**
	 * The words around servers in wp-admin.
	 */
	private function labels(): array {
		return array(
			'name'               => _x( 'Servers', 'post type', 'email-gateway' ),
			'singular_name'      => _x( 'Server', 'post type', 'email-gateway' ),
			'add_new'            => __( 'Add Server', 'email-gateway' ),
			'add_new_item'       => __( 'Add Server', 'email-gateway' ),
			'new_item'           => __( 'New Server', 'email-gateway' ),
			'edit_item'          => __( 'Edit Server', 'email-gateway' ),
			'all_items'          => _x( 'Servers', 'post type', 'email-gateway' ),
			'search_items'       => __( 'Search Servers', 'email-gateway' ),
			'not_found'          => __( 'No servers found.', 'email-gateway' ),
			'not_found_in_trash' => __( 'No servers in the trash.', 'email-gateway' ),
		);
	}
}
