<?php
/**
 * A cloud.
 *
 * @package Email_Gateway_Lab
 */

/**
 * WPCloudDeploy's provider "custom-server" has one address, in its settings; real clouds are asked over HTTP.
 */
class WPCD_Stand_In_Provider {

	/**
	 * Its slug.
	 *
	 * @var string
	 */
	private $slug;

	/**
	 * Keeps the slug.
	 *
	 * @param string $slug Such as aws.
	 */
	public function __construct( $slug ) {
		$this->slug = $slug;
	}

	/**
	 * Who signs in to a new server.
	 */
	public function get_root_user() {
		return 'aws' === $this->slug ? 'ubuntu' : 'root';
	}

	/**
	 * Asks the cloud. False where it is not set up; an error for what it does not know.
	 *
	 * @param string $method     What.
	 * @param array  $attributes With the id of the server there.
	 */
	public function call( $method, $attributes = array() ) {
		$address = wpcd_get_early_option( "vpn_{$this->slug}_ipv4" );
		if ( ! $address ) {
			return false;
		}
		return 'details' === $method && isset( $attributes['id'] ) ? array( 'ip' => $address, 'status' => 'active' ) : new WP_Error( 'not supported' );
	}
}
