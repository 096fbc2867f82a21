<?php
/**
 * Plugin Name: Lab without internet
 * Description: Spares WordPress looking for updates that it cannot reach here.
 *
 * @package Email_Gateway_Lab
 */

foreach ( array( 'core', 'plugins', 'themes' ) as $email_gateway_lab_what ) {
	add_filter(
		"pre_site_transient_update_{$email_gateway_lab_what}",
		static function () {
			return (object) array(
				'last_checked'    => time(),
				'version_checked' => wp_get_wp_version(),
				'updates'         => array(),
				'response'        => array(),
				'translations'    => array(),
				'checked'         => array(),
			);
		}
	);
}
remove_action( 'admin_init', '_maybe_update_core' );
remove_action( 'admin_init', '_maybe_update_plugins' );
remove_action( 'admin_init', '_maybe_update_themes' );
// The dashboard asks the plugin and event directories for news.
add_action(
	'wp_dashboard_setup',
	static function () {
		remove_meta_box( 'dashboard_primary', 'dashboard', 'side' );
	}
);
