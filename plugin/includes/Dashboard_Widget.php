<?php
/**
 * The gateways on the dashboard.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Fleet\Trouble;
use Email_Gateway\Servers\Own_Servers;

/**
 * How many gateways there are and which need somebody, from what the backend saw last: one question to it, none to servers.
 */
class Dashboard_Widget {

	const NAME = 'email_gateway';

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Pairing $pairing, Backend_Client $backend ) {
		$this->pairing = $pairing;
		$this->backend = $backend;
	}

	/**
	 * Action wp_dashboard_setup: for who manages the servers of a site that is paired.
	 */
	public function add(): void {
		if ( current_user_can( Access::PREFIX . 'manage_site' ) && $this->pairing->is_usable() ) {
			wp_add_dashboard_widget( self::NAME, __( 'Email Gateway', 'email-gateway' ), array( $this, 'show' ) );
		}
	}

	/**
	 * What stands in it.
	 */
	public function show(): void {
		$answer = ( new Trouble( $this->backend ) )->ask();
		if ( null === $answer ) {
			echo '<p>' . esc_html__( 'The backend does not answer. Reload the page in a minute.', 'email-gateway' ) . '</p>';
			return;
		}
		if ( 0 === $answer->withGateway ) {
			echo '<p>' . esc_html__( 'No gateway is installed yet.', 'email-gateway' ) . '</p>';
			return;
		}
		/* translators: %s: number of servers */
		$with = _n( '%s server has a gateway.', '%s servers have a gateway.', $answer->withGateway, 'email-gateway' );
		echo '<p>' . esc_html( sprintf( $with, number_format_i18n( $answer->withGateway ) ) ) . '</p>';
		if ( 0 === $answer->trouble ) {
			echo '<p>' . esc_html__( 'None of them needs your attention.', 'email-gateway' ) . '</p>';
			return;
		}
		echo '<ul>';
		array_map( array( self::class, 'show_server' ), $answer->servers );
		echo '</ul>';
		$list = Trouble::url( Own_Servers::POST_TYPE );
		/* translators: %s: number of servers */
		$all = _n( 'Show %s server in trouble', 'Show all %s servers in trouble', $answer->trouble, 'email-gateway' );
		echo '<p><a href="' . esc_url( $list ) . '">' . esc_html( sprintf( $all, number_format_i18n( $answer->trouble ) ) ) . '</a></p>';
	}

	/**
	 * A server that needs somebody: its name, how it is, and when that was seen.
	 *
	 * @param object $server As the contract's serverSummary.
	 */
	private static function show_server( object $server ): void {
		$link = get_edit_post_link( $server->serverId );
		$name = get_the_title( $server->serverId );
		$words = Trouble::words( $server );
		echo '<li>' . ( $link ? '<a href="' . esc_url( $link ) . '">' . esc_html( $name ) . '</a>' : esc_html( $name ) );
		echo '' === $words ? '' : '<br>' . esc_html( $words );
		echo '</li>';
	}
}
