<?php
/**
 * Ends the pairing at the backend, since a site's key means root on its servers, and takes away what the plugin keeps in
 * WordPress. Capabilities are decided as they are asked for and stored nowhere. Where the backend does not answer, its
 * operator ends the pairing (email-gateway sites); otherwise the key expires.
 *
 * The posts of the servers stay: they name machines on which a gateway goes on working, and whoever installs the
 * plugin again wants to find them.
 *
 * @package Email_Gateway
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/includes/autoload.php';

$email_gateway_former = new Email_Gateway\Former_Pairing();
$email_gateway_silent = false;

$email_gateway_sites = is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array( 0 );
foreach ( $email_gateway_sites as $email_gateway_site ) {
	if ( $email_gateway_site ) {
		switch_to_blog( $email_gateway_site );
	}
	// A backend that is silent is asked once, however many sites there are.
	if ( ! $email_gateway_silent ) {
		$email_gateway_former->forget( new Email_Gateway\Pairing() );
		$email_gateway_silent = false !== get_option( 'email_gateway_former_pairing' );
	}
	delete_option( 'email_gateway_pairing' );
	delete_option( 'email_gateway_clock_offset_seconds' );
	delete_option( 'email_gateway_former_pairing' );
	foreach ( (array) get_option( 'email_gateway_sites_to_end', array() ) as $email_gateway_deleted_site ) {
		delete_option( "email_gateway_former_pairing_of_site_{$email_gateway_deleted_site}" );
	}
	delete_option( 'email_gateway_sites_to_end' );
	wp_clear_scheduled_hook( 'email_gateway_end_deleted_sites' );
	delete_option( 'email_gateway_servers_to_forget' );
	delete_option( 'email_gateway_servers_handed_over' );
	wp_clear_scheduled_hook( 'email_gateway_end_former_pairing' );
	wp_clear_scheduled_hook( 'email_gateway_forget_servers' );
	wp_clear_scheduled_hook( 'email_gateway_tell_owners' );
	wp_clear_scheduled_hook( 'email_gateway_rotate_key' );
	wp_clear_scheduled_hook( 'email_gateway_lend_connections' );
	wp_unschedule_hook( 'email_gateway_mirror_servers' );
	delete_option( 'email_gateway_lent_up_to' );
	delete_option( 'email_gateway_fixed_defaults_digest' );
	delete_transient( 'email_gateway_fixed_defaults_tried' );
	delete_transient( 'email_gateway_alerts' );
	delete_option( 'email_gateway_no_channel_said' );
	foreach ( array( 'email_gateway_views', 'email_gateway_test_alert_seen' ) as $email_gateway_name ) {
		delete_metadata( 'user', 0, $GLOBALS['wpdb']->get_blog_prefix() . $email_gateway_name, '', true );
	}
	if ( $email_gateway_site ) {
		restore_current_blog();
	}
}
