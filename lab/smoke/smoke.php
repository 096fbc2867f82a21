<?php
/**
 * The plugin in a WordPress or a PHP that the other tests do not run in. Run as `php smoke.php SITE FIXTURES`, where
 * the plugin is active: pairs with a backend that is played here, signs, and draws its screens.
 *
 * Prints one line of JSON: versions, and for each check its name and what is wrong, or null.
 *
 * @package Email_Gateway_Lab
 */

$_SERVER['HTTP_HOST']      = '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI']    = '/wp-admin/';
$_SERVER['PHP_SELF']       = '/wp-admin/index.php';

define( 'WP_ADMIN', true );
require_once $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/meta-boxes.php';

$fixtures = json_decode( file_get_contents( $argv[2] ), true );
$asked    = array();
set_error_handler(
	static function ( $level, $message, $file, $line ) {
		if ( 0 !== strpos( $file, dirname( Email_Gateway\PLUGIN_FILE ) ) && false === strpos( $file, '/email-gateway/' ) ) {
			return false;
		}
		throw new ErrorException( $message, 0, $level, $file, $line );
	}
);

/** Plays the backend: pairs, and keeps what it is asked. */
add_filter(
	'pre_http_request',
	static function ( $preempt, $args, $url ) use ( &$asked ) {
		$asked[] = array( 'url' => $url ) + $args;
		$body    = substr( $url, -8 ) === '/v1/pair'
			? array( 'keyId' => 'smoke', 'audience' => 'https://gateway.example.com', 'version' => '0' )
			: array( 'siteUrl' => home_url() );
		return array( 'response' => array( 'code' => 200, 'message' => '' ), 'headers' => array(), 'body' => wp_json_encode( $body ), 'cookies' => array() );
	},
	10,
	3
);
$call = static function ( $method, $path, $body = null ) {
	$request = new WP_REST_Request( $method, "/email-gateway/v1{$path}" );
	if ( null !== $body ) {
		$request->set_header( 'Content-Type', 'application/json' );
		$request->set_body( wp_json_encode( $body ) );
	}
	return rest_do_request( $request );
};
/** What a box or a page must hold. */
$must_hold = static function ( $html, $expected ) {
	if ( false === strpos( $html, $expected ) ) {
		throw new RuntimeException( "no {$expected} in: " . substr( $html, 0, 300 ) );
	}
};

$checks = array(
	'is active'                              => static function () {
		if ( ! is_plugin_active( plugin_basename( Email_Gateway\PLUGIN_FILE ) ) ) {
			throw new RuntimeException( 'it is not' );
		}
	},
	'pairs by a code'                        => static function () use ( $call ) {
		$answer = $call( 'POST', '/pairing', array( 'backendUrl' => 'https://gateway.example.com', 'code' => 'code' ) );
		if ( 200 !== $answer->get_status() || ! $answer->get_data()['paired'] ) {
			throw new RuntimeException( wp_json_encode( $answer->get_data() ) );
		}
	},
	'signs as the shared examples say'       => static function () use ( $fixtures ) {
		$key    = $fixtures['key'];
		$secret = sodium_crypto_sign_secretkey( sodium_crypto_sign_seed_keypair( base64_decode( $key['seed'] ) ) );
		foreach ( $fixtures['cases'] as $example ) {
			$request = array(
				'method'     => $example['method'],
				'target_uri' => $example['targetUri'],
				'body'       => $example['body'],
				'actor'      => $example['headers']['Email-Gateway-Actor'],
				'connection' => $example['headers']['Email-Gateway-Connection'] ?? null,
			);
			$once    = array( 'created' => $example['created'], 'nonce' => $example['nonce'] );
			$headers = Email_Gateway\Signature::headers( $request, array( 'key_id' => $key['keyId'], 'secret_key' => $secret ), $once );
			if ( $example['headers'] !== $headers ) {
				throw new RuntimeException( $example['name'] . ': ' . wp_json_encode( $headers ) );
			}
		}
	},
	'opens its key again, and signs with it' => static function () use ( $call, &$asked ) {
		$answer = $call( 'GET', '/site' );
		if ( 200 !== $answer->get_status() ) {
			throw new RuntimeException( wp_json_encode( $answer->get_data() ) );
		}
		$public_key = base64_decode( json_decode( $asked[0]['body'], true )['publicKey'] );
		$headers    = end( $asked )['headers'];
		$base       = implode(
			"\n",
			array(
				'"@method": GET',
				'"@target-uri": https://gateway.example.com/v1/site',
				'"content-digest": ' . $headers['Content-Digest'],
				'"email-gateway-actor": ' . $headers['Email-Gateway-Actor'],
				'"@signature-params": ' . substr( $headers['Signature-Input'], strlen( 'sig1=' ) ),
			)
		);
		if ( ! sodium_crypto_sign_verify_detached( base64_decode( substr( $headers['Signature'], strlen( 'sig1=:' ), -1 ) ), $base, $public_key ) ) {
			throw new RuntimeException( 'the signature does not hold' );
		}
	},
	'draws the settings page'                => static function () use ( $must_hold ) {
		set_current_screen( 'settings_page_email-gateway' );
		// As wp-admin/menu.php names it.
		$GLOBALS['admin_page_hooks']['options-general.php'] = 'settings';
		do_action( 'admin_menu', '' );
		do_action( 'admin_enqueue_scripts', 'settings_page_email-gateway' );
		ob_start();
		do_action( 'settings_page_email-gateway' );
		wp_print_scripts( array( 'email-gateway-settings' ) );
		$html = ob_get_clean();
		foreach ( array( 'data-screen="settings"', 'window.emailGateway = {"may":["manage_site"', 'build/settings.js' ) as $expected ) {
			$must_hold( $html, $expected );
		}
	},
	'draws the Mail Log'                     => static function () use ( $must_hold ) {
		set_current_screen( 'tools_page_email-gateway-mail-log' );
		$GLOBALS['admin_page_hooks']['tools.php'] = 'tools';
		do_action( 'admin_menu', '' );
		do_action( 'admin_enqueue_scripts', 'tools_page_email-gateway-mail-log' );
		ob_start();
		do_action( 'tools_page_email-gateway-mail-log' );
		wp_print_scripts( array( 'email-gateway-mail-log' ) );
		$html = ob_get_clean();
		foreach ( array( 'data-screen="mail-log"', '"servers":[]', 'build/mail-log.js' ) as $expected ) {
			$must_hold( $html, $expected );
		}
	},
	'draws the screen of a server'           => static function () use ( $must_hold ) {
		$type = Email_Gateway\Servers\Own_Servers::POST_TYPE;
		$post = get_post( wp_insert_post( array( 'post_type' => $type, 'post_title' => 'web1', 'post_status' => 'publish' ) ) );

		$GLOBALS['post'] = $post;
		set_current_screen( $type );
		do_action( 'add_meta_boxes', $type, $post );
		do_action( "add_meta_boxes_{$type}", $post );
		do_action( 'admin_enqueue_scripts', 'post.php' );
		ob_start();
		do_meta_boxes( $type, 'side', $post );
		do_meta_boxes( $type, 'normal', $post );
		wp_print_scripts( array( 'email-gateway-metabox' ) );
		$html = ob_get_clean();
		wp_delete_post( $post->ID, true );
		foreach ( array( 'data-screen="connection"', 'data-screen="gateway"', 'Save Name and Owner', 'build/metabox.js', '"paired":true' ) as $expected ) {
			$must_hold( $html, $expected );
		}
	},
);

wp_set_current_user( get_user_by( 'login', 'admin' )->ID );
$results = array();
foreach ( $checks as $name => $check ) {
	try {
		$check();
		$results[] = array( 'name' => $name, 'problem' => null );
	} catch ( Throwable $error ) {
		$results[] = array( 'name' => $name, 'problem' => "{$error->getMessage()} ({$error->getFile()}:{$error->getLine()})" );
	}
}
echo "\n", wp_json_encode(
	array(
		'wordpress' => get_bloginfo( 'version' ),
		'php'       => PHP_VERSION,
		'sodium'    => extension_loaded( 'sodium' ),
		'checks'    => $results,
	)
), "\n";
