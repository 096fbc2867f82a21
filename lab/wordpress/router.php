<?php
/**
 * Router of PHP's built-in server for a WordPress: files as they are, everything else to index.php.
 */

// Runs before WordPress, on loopback, in the lab only.
$path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$file = $_SERVER['DOCUMENT_ROOT'] . $path;

if ( preg_match( '#(^|/)\.#', $path ) ) {
	http_response_code( 404 );
	return true;
}
if ( is_dir( $file ) && '/' !== substr( $path, -1 ) ) {
	header( 'Location: ' . $path . '/', true, 301 );
	return true;
}
$types = array( 'js' => 'text/javascript', 'css' => 'text/css' );
$type  = $types[ pathinfo( $file, PATHINFO_EXTENSION ) ] ?? null;
if ( null !== $type && isset( $_GET['ver'] ) && is_file( $file ) ) {
	// As web servers are set up: another version has another address.
	header( "Content-Type: {$type}; charset=UTF-8" );
	header( 'Cache-Control: public, max-age=86400' );
	readfile( $file );
	return true;
}
if ( is_file( $file ) || is_file( rtrim( $file, '/' ) . '/index.php' ) ) {
	return false;
}
$_SERVER['SCRIPT_NAME']     = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = $_SERVER['DOCUMENT_ROOT'] . '/index.php';
$_SERVER['PHP_SELF']        = '/index.php';
chdir( $_SERVER['DOCUMENT_ROOT'] );
require $_SERVER['SCRIPT_FILENAME'];
