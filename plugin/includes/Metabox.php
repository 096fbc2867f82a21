<?php
/**
 * Our boxes on the edit screen of a server.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Servers;
use WP_Post;

/**
 * Two boxes, which the script fills.
 */
class Metabox {

	/**
	 * The servers of this site.
	 *
	 * @var Servers
	 */
	private $servers;

	/**
	 * Keeps what it asks.
	 *
	 * @param Servers $servers The servers of this site.
	 */
	public function __construct( Servers $servers ) {
		$this->servers = $servers;
	}

	/**
	 * Action add_meta_boxes.
	 *
	 * @param string $post_type Of the post being edited.
	 */
	public function add( string $post_type ): void {
		if ( $this->servers->post_type() !== $post_type ) {
			return;
		}
		$boxes = array(
			'connection' => __( 'Server Connection', 'email-gateway' ),
			'gateway'    => __( 'Email Gateway', 'email-gateway' ),
		);
		foreach ( $boxes as $screen => $title ) {
			add_meta_box( "email-gateway-{$screen}", $title, array( $this, 'render' ), $post_type, 'normal', 'high', array( 'screen' => $screen ) );
		}
	}

	/**
	 * Prints one box.
	 *
	 * @param WP_Post $post The server.
	 * @param array   $box  As add_meta_box was told.
	 */
	public function render( WP_Post $post, array $box ): void {
		if ( ! $this->servers->exists( $post->ID ) ) {
			printf( '<p>%s</p>', esc_html__( 'Give the server a name and save it; then it can be set up here.', 'email-gateway' ) );
			return;
		}
		if ( ! current_user_can( 'email_gateway_run_gateway', $post->ID ) ) {
			printf( '<p>%s</p>', esc_html__( 'You may not run the gateway of this server.', 'email-gateway' ) );
			return;
		}
		printf(
			'<div class="email-gateway-app" data-screen="%s" data-server-id="%d"></div><noscript>%s</noscript>',
			esc_attr( $box['args']['screen'] ),
			(int) $post->ID,
			esc_html__( 'This needs JavaScript.', 'email-gateway' )
		);
	}
}
