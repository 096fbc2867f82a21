<?php
/**
 * What the plugin asks of servers, whoever keeps them.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

/**
 * The servers of this site. A server is a post; its id is the id of the post.
 */
interface Servers {

	/**
	 * The post type whose edit screen shows a server.
	 */
	public function post_type(): string;

	/**
	 * Whether a post is a server that can be worked with: saved once, and not in the trash.
	 *
	 * @param int $server_id Id of any post.
	 */
	public function exists( int $server_id ): bool;

	/**
	 * Whether a server is the person's own.
	 *
	 * @param int $server_id Id of a server.
	 * @param int $user_id   0 for nobody, to whom nothing belongs.
	 */
	public function belongs_to( int $server_id, int $user_id ): bool;

	/**
	 * Whether the person has any server.
	 *
	 * @param int $user_id 0 for nobody.
	 */
	public function has_any( int $user_id ): bool;
}
