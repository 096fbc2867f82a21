<?php
/**
 * What WPCD_SERVER() gives out.
 *
 * @package Email_Gateway_Lab
 */

/**
 * Makes the post of a server, private, with the meta that WPCloudDeploy writes.
 */
class WPCD_Stand_In_Server {

	/**
	 * Has the cloud make one, and keeps it.
	 *
	 * @param string $action     create.
	 * @param array  $attributes What the form of a new server sends.
	 */
	public function create_server( $action, $attributes ) {
		$made            = array(
			'provider_instance_id' => wp_generate_password( 10, false ),
			'ip'                   => wpcd_get_early_option( "vpn_{$attributes['provider']}_ipv4" ),
		);
		$made['post_id'] = wp_insert_post(
			array(
				'post_type'   => 'wpcd_app_server',
				'post_status' => 'private',
				'post_title'  => $attributes['name'],
				'post_author' => $attributes['user_id'],
			)
		);
		return $made + $attributes;
	}

	/**
	 * Keeps the address.
	 *
	 * @param int    $post_id Of the server.
	 * @param string $ip      Its address.
	 */
	public function add_ipv4_address( $post_id, $ip ) {
		update_post_meta( $post_id, 'wpcd_server_ipv4', $ip );
	}
}
