<?php
/**
 * After activation: where to begin.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_Screen;

/**
 * Leads whoever activates the plugin to its three steps, once; and says so under Plugins until the site is paired.
 */
class First_Run {

	/** Followed by the id of the user who activated the plugin. */
	const TRANSIENT = 'email_gateway_activated_by_';

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing $pairing The pairing.
	 */
	public function __construct( Pairing $pairing ) {
		$this->pairing = $pairing;
	}

	/**
	 * On activation. Not for a whole network, whose sites are paired one by one, and not where nobody watches.
	 *
	 * @param bool $network_wide Whether it was activated for all sites of a network.
	 */
	public static function remember( bool $network_wide ): void {
		if ( ! $network_wide && get_current_user_id() && ! ( defined( 'WP_CLI' ) && WP_CLI ) ) {
			set_transient( self::TRANSIENT . get_current_user_id(), 1, MINUTE_IN_SECONDS );
		}
	}

	/**
	 * Action admin_init: leads there, once.
	 */
	public function lead(): void {
		$name = self::TRANSIENT . get_current_user_id();
		if ( wp_doing_ajax() || ! get_transient( $name ) ) {
			return;
		}
		delete_transient( $name );
		// Whoever activates several plugins at once wants to see how that went.
		$is_one_of_many = isset( $_GET['activate-multi'] ); // phpcs:ignore WordPress.Security.NonceVerification -- nothing is done with it.
		if ( $is_one_of_many || ! $this->is_needed() ) {
			return;
		}
		wp_safe_redirect( Settings_Page::url() );
		exit;
	}

	/**
	 * Action admin_notices: under Plugins and among the servers, until the site is paired.
	 */
	public function print_notice(): void {
		$screen = get_current_screen();
		if ( ! $screen || ! self::is_place( $screen ) || ! $this->is_needed() ) {
			return;
		}
		printf(
			'<div class="notice notice-info is-dismissible"><p>%s <a href="%s">%s</a></p></div>',
			esc_html__( 'Email Gateway is active. Three steps lead to the first test email.', 'email-gateway' ),
			esc_url( Settings_Page::url() ),
			esc_html__( 'Set Up Email Gateway', 'email-gateway' )
		);
	}

	/**
	 * Where a word about it is no nuisance.
	 *
	 * @param WP_Screen $screen The current one.
	 */
	private static function is_place( WP_Screen $screen ): bool {
		return 'plugins' === $screen->id || 'edit-' . Servers\Own_Servers::POST_TYPE === $screen->id;
	}

	/**
	 * Whether there is a first step, for who may take it.
	 */
	private function is_needed(): bool {
		return current_user_can( 'email_gateway_manage_site' ) && ! $this->pairing->is_usable();
	}
}
