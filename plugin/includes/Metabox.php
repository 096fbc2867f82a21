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
	 * What stands there before the script runs.
	 *
	 * @var Early_Screen
	 */
	private $early;

	/**
	 * Whether there is a backend to ask.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Keeps what it asks.
	 *
	 * @param Servers      $servers The servers of this site.
	 * @param Early_Screen $early   What stands there before the script runs.
	 * @param Pairing      $pairing Whether there is a backend to ask.
	 */
	public function __construct( Servers $servers, Early_Screen $early, Pairing $pairing ) {
		$this->servers = $servers;
		$this->early   = $early;
		$this->pairing = $pairing;
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
		foreach ( self::titles() as $screen => $title ) {
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
		echo $this->content( $post->ID, $box['args']['screen'] ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
	}

	/**
	 * Both boxes, one below the other, for a screen that is not ours.
	 *
	 * @param int $server_id Id of a post.
	 */
	public function html( int $server_id ): string {
		$html = '';
		foreach ( self::titles() as $screen => $title ) {
			$html .= sprintf( '<h3>%s</h3>%s', esc_html( $title ), $this->content( $server_id, $screen ) );
		}
		return $html;
	}

	/**
	 * The boxes in their order.
	 *
	 * @return array<string, string> Titles by name.
	 */
	private static function titles(): array {
		return array(
			'connection' => __( 'Server Connection', 'email-gateway' ),
			'gateway'    => __( 'Email Gateway', 'email-gateway' ),
		);
	}

	/**
	 * What stands in a box.
	 *
	 * @param int    $server_id Id of a post.
	 * @param string $screen    Its name.
	 * @return string HTML.
	 */
	private function content( int $server_id, string $screen ): string {
		if ( ! $this->servers->exists( $server_id ) ) {
			return sprintf( '<p>%s</p>', esc_html__( 'Name this server and save it to continue.', 'email-gateway' ) );
		}
		if ( ! current_user_can( 'email_gateway_run_gateway', $server_id ) ) {
			return sprintf( '<p>%s</p>', esc_html__( 'You do not have permission to manage the gateway of this server.', 'email-gateway' ) );
		}
		return sprintf(
			'<div class="email-gateway-app" data-screen="%s" data-server-id="%d">%s</div><noscript>%s</noscript>',
			esc_attr( $screen ),
			$server_id,
			$this->pairing->is_usable() && ( 'gateway' === $screen || null === $this->servers->address( $server_id ) ) ? $this->early->html( $server_id, $screen ) : '',
			esc_html__( 'JavaScript is required for this page.', 'email-gateway' )
		);
	}
}
