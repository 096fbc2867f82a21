<?php
/**
 * What the backend watches, at the top of wp-admin.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * One notice for administrators while something is wrong, where a channel of that kind was added; and once, on the screen of
 * a server, that nobody is told of anything. The backend is asked every five minutes at most, and its answer is not waited for
 * longer than two seconds.
 */
class Alert_Notices {

	const STATE      = 'email_gateway_alerts';
	const SAID       = 'email_gateway_no_channel_said';
	const ASKED_EACH = 5 * MINUTE_IN_SECONDS;

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * The post type of servers.
	 *
	 * @var string
	 */
	private $post_type;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing        $pairing   The pairing.
	 * @param Backend_Client $backend   The backend.
	 * @param string         $post_type Of servers.
	 */
	public function __construct( Pairing $pairing, Backend_Client $backend, string $post_type ) {
		$this->pairing   = $pairing;
		$this->backend   = $backend;
		$this->post_type = $post_type;
	}

	/**
	 * Action admin_notices.
	 */
	public function show(): void {
		if ( ! current_user_can( 'email_gateway_manage_site' ) || ! $this->pairing->view()['paired'] ) {
			return;
		}
		$state = $this->state();
		if ( null !== $state && $state['shown'] && $state['open'] > 0 ) {
			$words = sprintf(
				/* translators: %d: how many */
				_n( 'Something is wrong with the mail of your servers: %d alert is open.', 'Something is wrong with the mail of your servers: %d alerts are open.', $state['open'], 'email-gateway' ),
				$state['open']
			);
			self::print( 'error', $words, __( 'Open the Alerts', 'email-gateway' ) );
		}
		if ( null !== $state ) {
			Test_Alert_Notice::show( $state['tested'] );
		}
		if ( null !== $state && 0 === $state['channels'] && $this->is_screen_of_server() && ! get_option( self::SAID ) ) {
			update_option( self::SAID, time(), false );
			self::print( 'warning', __( 'Nobody is told when a gateway stops working.', 'email-gateway' ), __( 'Add a channel for alerts', 'email-gateway' ) );
		}
	}

	/**
	 * Action email_gateway_accepted: what a person changed about alerts shows with the next page.
	 *
	 * @param string $name Of the call.
	 */
	public static function forget( string $name ): void {
		if ( in_array( $name, array( 'saveChannel', 'deleteChannel', 'sendTestAlert', 'acknowledgeIncident', 'muteIncident' ), true ) ) {
			delete_transient( self::STATE );
		}
	}

	/**
	 * What the backend said within the last minutes.
	 *
	 * @return array{open: int, channels: int, shown: bool, tested: int}|null None where it said nothing.
	 */
	private function state(): ?array {
		$known = get_transient( self::STATE );
		if ( is_array( $known ) ) {
			return $known['state'] ?? null;
		}
		$answer = $this->backend->ask(
			array( 'method' => 'GET', 'path' => '/alerts', 'query' => '', 'body' => '' ),
			Actor::current_user( array( 'manage_site' ) ),
			(float) Backend_Client::SHORT_SECONDS
		);
		$state  = ! is_wp_error( $answer ) && 200 === $answer['status'] ? self::read( $answer['body'] ) : null;
		set_transient( self::STATE, array( 'state' => $state ), self::ASKED_EACH );
		return $state;
	}

	/**
	 * Counts what is open and who is told; what somebody acknowledged or muted is no news.
	 *
	 * @param object $body As the contract's alertsView.
	 * @return array{open: int, channels: int, shown: bool, tested: int}
	 */
	private static function read( $body ): array {
		$open  = array_filter(
			(array) ( $body->incidents ?? array() ),
			static function ( $incident ) {
				return empty( $incident->acknowledgedBy ) && empty( $incident->mutedUntil );
			}
		);
		$kinds = array_column( (array) ( $body->channels ?? array() ), 'kind' );
		return array(
			'open'     => count( $open ),
			'channels' => count( array_diff( $kinds, array( 'heartbeat' ) ) ),
			'shown'    => in_array( 'notice', $kinds, true ),
			'tested'   => Test_Alert_Notice::sent_at( (array) ( $body->channels ?? array() ) ),
		);
	}

	/**
	 * Whether the screen of one server is shown.
	 */
	private function is_screen_of_server(): bool {
		$screen = get_current_screen();
		return null !== $screen && 'post' === $screen->base && $this->post_type === $screen->post_type;
	}

	/**
	 * One notice with one link.
	 *
	 * @param string $kind  error or warning.
	 * @param string $words A sentence.
	 * @param string $link  Words of the link to the Alerts tab.
	 */
	private static function print( string $kind, string $words, string $link ): void {
		printf(
			'<div class="notice notice-%s"><p>%s <a href="%s">%s</a></p></div>',
			esc_attr( $kind ),
			esc_html( $words ),
			esc_url( Settings_Page::url() . '#alerts' ),
			esc_html( $link )
		);
	}
}
