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
 * reach them. Its keys are opened by its own function for the one request that needs them, and are kept nowhere here.
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
	 * Where a server is and who signs in there, for people.
	 *
	 * @param int $server_id Id of a server.
	 */
	public function address( int $server_id ): ?array {
		$own_user = (string) get_post_meta( $server_id, 'wpcd_server_ssh_root_user', true );
		return array(
			'from'    => 'wpclouddeploy',
			'host'    => trim( (string) get_post_meta( $server_id, 'wpcd_server_ipv4', true ) ),
			'sshPort' => 22,
			'sshUser' => $this->has_own_key( $server_id ) ? ( '' === $own_user ? 'root' : $own_user ) : $this->user_of_provider( $server_id ),
		);
	}

	/**
	 * How to reach a server: its own key where it has one, else that of its provider.
	 *
	 * @param int $server_id Id of a server.
	 * @return array|WP_Error As the contract's suppliedConnection.
	 */
	public function connection( int $server_id ) {
		$provider = (string) get_post_meta( $server_id, 'wpcd_server_provider', true );
		if ( $this->has_own_key( $server_id ) ) {
			$key        = get_post_meta( $server_id, 'wpcd_server_ssh_private_key', true );
			$passphrase = get_post_meta( $server_id, 'wpcd_server_ssh_private_key_password', true );
		} else {
			$key        = wpcd_get_early_option( "vpn_{$provider}_sshkey" );
			$passphrase = wpcd_get_early_option( "vpn_{$provider}_sshkey_passwd" );
		}
		$address    = $this->address( $server_id );
		$key        = self::opened( $key );
		$passphrase = self::opened( $passphrase );
		if ( '' === $address['host'] || '' === trim( $key ) ) {
			return new WP_Error(
				'connection_not_supplied',
				__( 'WPCloudDeploy has no address or no SSH key for this server.', 'email-gateway' ),
				array( 'status' => 409, 'reason' => '' === $address['host'] ? 'address' : 'key' )
			);
		}
		return $address + array(
			'privateKey' => str_replace( "\r\n", "\n", $key ),
			'passphrase' => '' === $passphrase ? null : $passphrase,
		);
	}

	/**
	 * Opens what WPCloudDeploy sealed. What it cannot open is nothing.
	 *
	 * @param mixed $sealed Of a meta value or an option.
	 */
	public static function opened( $sealed ): string {
		return is_string( $sealed ) && '' !== $sealed ? (string) WPCD()->decrypt( $sealed ) : '';
	}

	/**
	 * Whether WPCloudDeploy was given a key for this server alone.
	 *
	 * @param int $server_id Id of a server.
	 */
	private function has_own_key( int $server_id ): bool {
		return '' !== self::opened( get_post_meta( $server_id, 'wpcd_server_ssh_private_key', true ) );
	}

	/**
	 * Who signs in to the servers of its provider.
	 *
	 * @param int $server_id Id of a server.
	 */
	private function user_of_provider( int $server_id ): string {
		$provider = WPCD()->get_provider_api( (string) get_post_meta( $server_id, 'wpcd_server_provider', true ) );
		$user     = is_object( $provider ) && is_callable( array( $provider, 'get_root_user' ) ) ? (string) $provider->get_root_user() : '';
		return '' === $user ? 'root' : $user;
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
