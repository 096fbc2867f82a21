<?php
/**
 * Brings users and plugin of an installed site to what a JSON file says. Run by `wp eval-file prepare-site.php FILE`.
 *
 * The passwords come by a file, for arguments are visible to everybody on the machine. Who has the right password
 * keeps it, and stays signed in.
 *
 * @package Email_Gateway_Lab
 */

$wanted = json_decode( file_get_contents( $args[0] ), true );
add_filter( 'send_password_change_email', '__return_false' );
add_filter( 'send_email_change_email', '__return_false' );

foreach ( $wanted['users'] as $user ) {
	$known = get_user_by( 'login', $user['login'] );
	if ( $known && wp_check_password( $user['password'], $known->user_pass, $known->ID ) ) {
		continue;
	}
	$saved = wp_insert_user(
		array(
			'ID'         => $known ? $known->ID : 0,
			'user_login' => $user['login'],
			'user_pass'  => $known ? wp_hash_password( $user['password'] ) : $user['password'],
			'user_email' => $user['login'] . '@example.com',
			'role'       => $user['role'],
		)
	);
	if ( is_wp_error( $saved ) ) {
		WP_CLI::error( $saved );
	}
}

// `wp rewrite` would start a second WP-CLI, which PHP in WebAssembly cannot.
if ( '' === get_option( 'permalink_structure' ) ) {
	$GLOBALS['wp_rewrite']->set_permalink_structure( '/%postname%/' );
	flush_rewrite_rules( false );
}

foreach ( $wanted['plugins'] as $plugin ) {
	$problem = activate_plugin( $plugin );
	if ( is_wp_error( $problem ) ) {
		WP_CLI::error( $problem );
	}
}
