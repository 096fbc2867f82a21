<?php
/**
 * Plugin Name:      Email Gateway Example
 * Description:      Shows how another plugin adds to Email Gateway: who may do what, what is noted, a section on the screen.
 * Version:          1.0.0
 * Requires Plugins: email-gateway
 * License:          GPL-2.0-or-later
 *
 * @package Email_Gateway_Example
 */

namespace Email_Gateway_Example;

defined( 'ABSPATH' ) || exit;

/**
 * Editors may see the mail log of every server, in addition to who may see it anyway.
 *
 * @param string[] $required Capabilities, all of which are needed.
 * @param int      $user_id  Of whom; 0 for nobody.
 */
function let_editors_see_mail_logs( array $required, int $user_id ): array {
	return user_can( $user_id, 'edit_others_posts' ) ? array( 'edit_others_posts' ) : $required;
}
add_filter( 'email_gateway_see_mail_log', __NAMESPACE__ . '\let_editors_see_mail_logs', 10, 2 );

/**
 * Remembers who last began an install, and where.
 *
 * @param string $name      Of the call.
 * @param int    $server_id Id of the post.
 */
function note_installs( string $name, int $server_id ): void {
	if ( 'installGateway' === $name ) {
		$note = array( 'server' => $server_id, 'by' => wp_get_current_user()->user_login, 'at' => time() );
		update_option( 'email_gateway_example_last_install', $note, false );
	}
}
add_action( 'email_gateway_accepted', __NAMESPACE__ . '\note_installs', 10, 2 );

/**
 * Loads the script where the screen of a server is: it has to run before that screen is drawn.
 */
function enqueue(): void {
	if ( wp_script_is( 'email-gateway-metabox' ) ) {
		$script = plugins_url( 'example.js', __FILE__ );
		wp_enqueue_script( 'email-gateway-example', $script, array( 'wp-hooks', 'wp-element' ), '1.0.0', array( 'in_footer' => false ) );
	}
}
add_action( 'admin_enqueue_scripts', __NAMESPACE__ . '\enqueue' );
