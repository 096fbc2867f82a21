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
	 * Whether a person may run the gateway of a server, and reach its screen, without being an administrator.
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

	/**
	 * Capabilities that whoever may do everything needs to have.
	 *
	 * @param int $user_id Of whom; 0 for nobody.
	 * @return string[]
	 */
	public function required_of_administrators( int $user_id ): array;

	/**
	 * Where a server is by the records of the panel that keeps it; null where people say it here.
	 *
	 * @param int $server_id Id of a server.
	 * @return array{from: string, host: string, sshPort: int, sshUser: string}|null
	 */
	public function address( int $server_id ): ?array;

	/**
	 * Where a server is now: its panel may ask the cloud, which can take seconds.
	 *
	 * @param int $server_id Id of a server.
	 * @return array|null As address().
	 */
	public function current_address( int $server_id ): ?array;

	/**
	 * The current address, and the key that opens it: for a request that starts a job, and for nothing else.
	 *
	 * @param int $server_id Id of a server.
	 * @return array|\WP_Error|null As the contract's suppliedConnection; an error where it cannot be told.
	 */
	public function connection( int $server_id );
}
