<?php
/**
 * Servers of WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use WP_Error;

/**
 * Where WPCloudDeploy is active, its posts are the servers, its functions decide who may do what, and it says how to
 * reach them (Wpcd_Connection).
 */
class Wpcd_Servers implements Servers {

	const POST_TYPE = 'wpcd_app_server';

	/** The tab, and the permission of a team for it, with which WPCloudDeploy shows its own email gateway. */
	const ITS_TAB        = 'services';
	const ITS_PERMISSION = 'view_wpapp_server_services_tab';

	/**
	 * Whether WPCloudDeploy is active. Its functions are there from init on, not when plugins have loaded.
	 */
	public static function are_here(): bool {
		return function_exists( 'WPCD' ) && function_exists( 'wpcd_is_admin' ) && function_exists( 'wpcd_user_can' )
			&& function_exists( 'wpcd_get_early_option' );
	}

	/**
	 * The post type whose edit screen shows a server.
	 */
	public function post_type(): string {
		return self::POST_TYPE;
	}

	/**
	 * Whether a post is a server that can be worked with. WPCloudDeploy keeps them private; one in the trash is gone.
	 *
	 * @param int $server_id Id of any post.
	 */
	public function exists( int $server_id ): bool {
		$post = get_post( $server_id );
		return $server_id > 0 && $post && self::POST_TYPE === $post->post_type
			&& ! in_array( $post->post_status, array( 'auto-draft', 'trash' ), true )
			&& 'wordpress-app' === get_post_meta( $server_id, 'wpcd_server_server-type', true );
	}

	/**
	 * Whether a person may run the gateway of a server: its owner, or whom a team lets see the tab with WPCloudDeploy's
	 * own gateway. Owners who are kept from that tab are kept from ours.
	 *
	 * @param int $server_id Id of a server.
	 * @param int $user_id   0 for nobody; WPCloudDeploy's functions would take that for the current user.
	 */
	public function belongs_to( int $server_id, int $user_id ): bool {
		if ( $user_id <= 0 || ! $this->exists( $server_id ) ) {
			return false;
		}
		$is_own = (int) get_post( $server_id )->post_author === $user_id;
		return ( $is_own || wpcd_user_can( $user_id, self::ITS_PERMISSION, $server_id ) ) && self::sees_its_tab( $server_id, $user_id );
	}

	/**
	 * Whether the person owns any server.
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
				'post_status'    => array( 'private', 'publish' ),
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
	 * @param int $user_id 0 for nobody; WPCloudDeploy's function would take that for the current user.
	 */
	public function required_of_administrators( int $user_id ): array {
		if ( $user_id <= 0 ) {
			return array( 'manage_options' );
		}
		return wpcd_is_admin( $user_id ) ? array( 'read' ) : array( 'do_not_allow' );
	}

	/**
	 * What customers know WPCloudDeploy as: shops put a name of their own on it.
	 */
	public static function product_name(): string {
		return function_exists( 'wpcd_get_short_product_name' ) ? (string) wpcd_get_short_product_name() : 'WPCloudDeploy';
	}

	/**
	 * Where a server is and who signs in there, by WPCloudDeploy's records.
	 *
	 * @param int $server_id Id of a server.
	 */
	public function address( int $server_id ): ?array {
		return ( new Wpcd_Connection( $server_id ) )->address();
	}

	/**
	 * Where its cloud says that it is.
	 *
	 * @param int $server_id Id of a server.
	 */
	public function current_address( int $server_id ): ?array {
		return ( new Wpcd_Connection( $server_id ) )->current_address();
	}

	/**
	 * How to reach a server.
	 *
	 * @param int  $server_id  Id of a server.
	 * @param bool $asks_cloud Whether its cloud is asked where it is now: not for what nobody waits for, and often.
	 * @return array|WP_Error As the contract's suppliedConnection.
	 */
	public function connection( int $server_id, bool $asks_cloud = true ) {
		return ( new Wpcd_Connection( $server_id ) )->with_key( $asks_cloud );
	}

	/**
	 * Whether WPCloudDeploy's settings let a person see the tab with its own gateway.
	 *
	 * @param int $server_id Id of a server.
	 * @param int $user_id   Not 0.
	 */
	private static function sees_its_tab( int $server_id, int $user_id ): bool {
		$app = function_exists( 'WPCD_WORDPRESS_APP' ) ? WPCD_WORDPRESS_APP() : null;
		return ! is_object( $app ) || ! is_callable( array( $app, 'wpcd_can_author_view_server_tab' ) )
			|| $app->wpcd_can_author_view_server_tab( $server_id, self::ITS_TAB, $user_id );
	}
}
