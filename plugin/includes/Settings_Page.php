<?php
/**
 * Settings → Email Gateway.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * The page that the script fills, for whoever manages the site or its defaults.
 */
class Settings_Page {

	const SLUG = 'email-gateway';

	/**
	 * The page's address.
	 */
	public static function url(): string {
		return admin_url( 'options-general.php?page=' . self::SLUG );
	}

	/**
	 * Action admin_menu.
	 */
	public function add(): void {
		$capability = current_user_can( 'email_gateway_manage_site' ) ? 'email_gateway_manage_site' : 'email_gateway_manage_defaults';
		$title      = __( 'Email Gateway', 'email-gateway' );
		add_options_page( $title, $title, $capability, self::SLUG, array( $this, 'render' ) );
	}

	/**
	 * Whether the current user has anything to do there.
	 */
	public function may_see(): bool {
		return current_user_can( 'email_gateway_manage_site' ) || current_user_can( 'email_gateway_manage_defaults' );
	}

	/**
	 * Prints the page.
	 */
	public function render(): void {
		printf(
			'<div class="wrap"><h1>%s</h1>%s</div>',
			esc_html__( 'Email Gateway', 'email-gateway' ),
			$this->html() // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		);
	}

	/**
	 * What the script fills.
	 */
	public function html(): string {
		return sprintf(
			'<div class="email-gateway-app" data-screen="settings"></div><noscript><p>%s</p></noscript>',
			esc_html__( 'JavaScript is required for this page.', 'email-gateway' )
		);
	}

	/**
	 * Filter of the plugin's row in the list of plugins.
	 *
	 * @param string[] $links HTML.
	 */
	public function add_link( array $links ): array {
		$link = sprintf( '<a href="%s">%s</a>', esc_url( self::url() ), esc_html_x( 'Settings', 'link', 'email-gateway' ) );
		return array_merge( array( 'settings' => $link ), $links );
	}

	/**
	 * Filter plugin_row_meta: where to look when something does not work. WordPress counts it among the plugin's own words.
	 *
	 * @param string[] $meta HTML.
	 * @param string   $file Of the plugin whose row it is.
	 */
	public function add_row_meta( array $meta, string $file ): array {
		if ( plugin_basename( PLUGIN_FILE ) !== $file || ! $this->may_see() ) {
			return $meta;
		}
		$links = array(
			'edit.php?post_type=' . Servers\Own_Servers::POST_TYPE => _x( 'Servers', 'link', 'email-gateway' ),
			'site-health.php' => __( 'Site Health', 'email-gateway' ),
		);
		if ( Servers\Wpcd_Servers::are_here() || is_network_admin() ) {
			array_shift( $links );
		}
		foreach ( $links as $page => $words ) {
			$meta[] = sprintf( '<a href="%s">%s</a>', esc_url( admin_url( $page ) ), esc_html( $words ) );
		}
		return $meta;
	}
}
