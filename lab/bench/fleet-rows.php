<?php
/**
 * Writes servers, and as many posts of the plain type beside them, for `npm run bench -- list`: wp eval-file FILE COUNT.
 *
 * @package Email_Gateway_Lab
 */

global $wpdb;
$email_gateway_count  = (int) $args[0];
$email_gateway_owners = array();
for ( $n = 1; $n <= 20; $n++ ) {
	$email_gateway_owners[] = wp_insert_user( array( 'user_login' => "owner{$n}", 'user_pass' => wp_generate_password(), 'user_email' => "owner{$n}@example.org" ) );
}
$wpdb->query( 'START TRANSACTION' );
foreach ( array( 'email_gateway_server' => 'web', 'bench_plain' => 'plain' ) as $email_gateway_type => $email_gateway_name ) {
	for ( $n = 1; $n <= $email_gateway_count; $n++ ) {
		$wpdb->insert(
			$wpdb->posts,
			array(
				'post_type'         => $email_gateway_type,
				'post_title'        => $email_gateway_name . ( $n * 7919 % $email_gateway_count ) . '.example.org',
				'post_author'       => $email_gateway_owners[ $n % 20 ],
				'post_status'       => 'publish',
				'post_content'      => '',
				'post_excerpt'      => '',
				'to_ping'           => '',
				'pinged'            => '',
				'post_content_filtered' => '',
				'post_date'         => '2026-11-01 00:00:00',
				'post_date_gmt'     => '2026-11-01 00:00:00',
				'post_modified'     => '2026-11-01 00:00:00',
				'post_modified_gmt' => '2026-11-01 00:00:00',
			)
		);
	}
}
$wpdb->query( 'COMMIT' );
wp_cache_flush();
$email_gateway_from = microtime( true );
do_action( 'email_gateway_mirror_servers', 1 );
$email_gateway_ids = $wpdb->get_col( "SELECT ID FROM {$wpdb->posts} WHERE post_type = 'email_gateway_server' AND post_status = 'publish' ORDER BY ID" );
echo wp_json_encode( array( 'mirrorMs' => ( microtime( true ) - $email_gateway_from ) * 1000, 'ids' => array_map( 'intval', $email_gateway_ids ) ) );
