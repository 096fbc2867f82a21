<?php
/**
 * Loads a real WordPress with the plugin active. Its folder is named by EMAIL_GATEWAY_TEST_SITE; `npm test` makes one.
 *
 * @package Email_Gateway
 */

$email_gateway_site = getenv( 'EMAIL_GATEWAY_TEST_SITE' );
if ( ! $email_gateway_site || ! is_file( $email_gateway_site . '/wp-load.php' ) ) {
	fwrite( STDERR, "EMAIL_GATEWAY_TEST_SITE names no WordPress. Run: npm test -- --only phpunit\n" );
	exit( 1 );
}

$_SERVER['HTTP_HOST']      = '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI']    = '/wp-admin/';

define( 'WP_ADMIN', true );
require_once $email_gateway_site . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once __DIR__ . '/class-wordpress-test-case.php';
require_once __DIR__ . '/class-doorman-test-case.php';
require_once __DIR__ . '/class-backend-client-test-case.php';
require_once __DIR__ . '/class-fixed-defaults-test-case.php';
require_once __DIR__ . '/class-fleet-test-case.php';
require_once __DIR__ . '/class-pairing-test-case.php';
require_once __DIR__ . '/class-rest-test-case.php';
require_once __DIR__ . '/class-server-trash-test-case.php';
require_once __DIR__ . '/network/class-network-test-case.php';
require_once __DIR__ . '/class-wpcd-test-case.php';
require_once __DIR__ . '/class-hostile-test-case.php';
require_once __DIR__ . '/class-wpcd-callers-test-case.php';
require_once __DIR__ . '/class-wpcd-import-test-case.php';
require_once __DIR__ . '/class-overheard-rest-server.php';
