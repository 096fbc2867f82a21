<?php
/**
 * What WPCloudDeploy defines at init -20, in its functions.php and functions-classes.php.
 *
 * @package Email_Gateway_Lab
 */

// The names of another plugin are the point.

/**
 * The plugin itself. As there, nothing looks whether it is made yet.
 */
function WPCD() {
	return $GLOBALS['WP_CLOUD_DEPLOY'];
}

/**
 * Action init, -10.
 */
function wpcd_init_wordpress_app() {
	WPCD()->classes['WPCD_WORDPRESS_APP'] = new WPCD_Stand_In_App();
}

/**
 * Its app for WordPress servers.
 */
function WPCD_WORDPRESS_APP() {
	return WPCD()->classes['WPCD_WORDPRESS_APP'];
}

/**
 * What makes servers.
 */
function WPCD_SERVER() {
	return new WPCD_Stand_In_Server();
}

/**
 * An option of its settings, which are one array; false where it is not set.
 *
 * @param string $option_id Name.
 */
function wpcd_get_early_option( $option_id ) {
	$options = get_option( 'wpcd_settings' );
	return isset( $options[ $option_id ] ) ? $options[ $option_id ] : false;
}

/**
 * What customers know it as.
 */
function wpcd_get_short_product_name() {
	return defined( 'WPCD_SHORT_NAME' ) ? WPCD_SHORT_NAME : 'WPCloudDeploy';
}

/**
 * Whether somebody may do everything. As there, 0 is not nobody but the current user.
 *
 * @param int $user_id 0 for the current user.
 */
function wpcd_is_admin( $user_id = 0 ) {
	$user_id = $user_id ? $user_id : get_current_user_id();
	return is_super_admin( $user_id ) || user_can( $user_id, 'manage_options' );
}

/**
 * Whether a team gave somebody a permission for a server. The stand-in keeps that with the server, as
 * `permission:user`; WPCloudDeploy in tables of its own.
 *
 * @param int    $user_id         Whom.
 * @param string $permission_name Which.
 * @param int    $post_id         For which server.
 */
function wpcd_user_can( $user_id, $permission_name, $post_id ) {
	if ( wpcd_is_admin( $user_id ) ) {
		return true;
	}
	return $user_id && in_array( "{$permission_name}:{$user_id}", get_post_meta( $post_id, 'wpcd_stand_in_team' ), true );
}

/**
 * Whether somebody may open a server: its owner, or a team member with view_server.
 *
 * @param int $server_id The server.
 */
function wpcd_user_can_edit_app_server( $server_id ) {
	$user_id = get_current_user_id();
	return $user_id && ( wpcd_is_admin() || wpcd_user_can( $user_id, 'view_server', $server_id ) || (int) get_post( $server_id )->post_author === $user_id );
}

/**
 * The server of this request: what wp-admin is asked to edit, or what the address outside of it leads to.
 */
function wpcd_get_current_page_server_id() {
	if ( is_admin() ) {
		return absint( $_GET['post'] ?? 0 ); // nothing is changed.
	}
	return url_to_postid( home_url( sanitize_url( wp_unslash( $_SERVER['REQUEST_URI'] ?? '' ) ) ) );
}
