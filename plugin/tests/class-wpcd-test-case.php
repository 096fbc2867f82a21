<?php
/**
 * A test beside WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Plugin;
use Email_Gateway\Servers\Wpcd_Servers;
use WPCD_Init;

/**
 * The stand-in is active, and our plugin was loaded beside it. Hooks are taken back after each test.
 */
abstract class Wpcd_Test_Case extends Doorman_Test_Case {

	const ADDRESS = '203.0.113.7';
	const KEY     = "-----BEGIN PRIVATE KEY-----\nof the provider\n-----END PRIVATE KEY-----\n";

	/**
	 * Loads WPCloudDeploy and our plugin, as WordPress does at the start of a request.
	 */
	protected function setUp(): void {
		global $wp_filter;
		parent::setUp();
		$this->unload_plugin();
		unset( $wp_filter['plugins_loaded'], $wp_filter['init'] );
		if ( class_exists( WPCD_Init::class, false ) ) {
			new WPCD_Init();
		} else {
			require_once dirname( __DIR__, 2 ) . '/lab/wordpress/stand-ins/wpcd-stand-in.php';
		}
		WPCD_Init::activate();
		( new Plugin() )->start();
		do_action( 'plugins_loaded' );
		do_action( 'init' );
		update_option(
			'wpcd_settings',
			array(
				'vpn_lab_sshkey'        => WPCD()->encrypt( self::KEY ),
				'vpn_lab_sshkey_passwd' => WPCD()->encrypt( 'passphrase of the provider' ),
			)
		);
	}

	/**
	 * Deactivates it.
	 */
	protected function tearDown(): void {
		unregister_post_type( Wpcd_Servers::POST_TYPE );
		array_map( array( get_role( 'administrator' ), 'remove_cap' ), WPCD_Init::CAPABILITIES );
		remove_role( 'wpcdsysadmin' );
		parent::tearDown();
	}

	/**
	 * A server of WPCloudDeploy.
	 *
	 * @param int   $owner_id Its author.
	 * @param array $meta     Beside or in place of the usual meta.
	 */
	protected function make_wpcd_server( int $owner_id, array $meta = array() ): int {
		$usual = array(
			'wpcd_server_server-type' => 'wordpress-app',
			'wpcd_server_provider'    => 'lab',
			'wpcd_server_ipv4'        => self::ADDRESS,
		);
		return wp_insert_post(
			array(
				'post_type'   => Wpcd_Servers::POST_TYPE,
				'post_title'  => 'web1',
				'post_author' => $owner_id,
				'post_status' => 'private',
				'meta_input'  => $meta + $usual,
			),
			true
		);
	}

	/**
	 * The connection that went with the last request to the backend; null for none.
	 */
	protected function connection(): ?array {
		$header = end( $this->sent )['headers']['Email-Gateway-Connection'] ?? null;
		return null === $header ? null : json_decode( base64_decode( strtr( $header, '-_', '+/' ) ), true );
	}

	/**
	 * Takes our callbacks out of every hook.
	 */
	private function unload_plugin(): void {
		global $wp_filter;
		foreach ( $wp_filter as $name => $hook ) {
			foreach ( $hook->callbacks as $priority => $callbacks ) {
				foreach ( $callbacks as $callback ) {
					$object = is_array( $callback['function'] ) ? $callback['function'][0] : null;
					if ( is_object( $object ) && 0 === strpos( get_class( $object ), 'Email_Gateway\\' ) && ! $object instanceof self ) {
						$hook->remove_filter( $name, $callback['function'], $priority );
					}
				}
			}
		}
	}
}
