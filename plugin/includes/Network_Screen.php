<?php
/**
 * Network Admin → Settings → Email Gateway.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Each site of a network is paired by itself, and has its own servers and people. Here who manages the network sees all of
 * them at once, and the way to each. Nothing is changed here.
 */
class Network_Screen {

	const SLUG = 'email-gateway-network';
	/** Rows of a page. */
	const SIZE = 50;

	/**
	 * Action network_admin_menu.
	 */
	public function add(): void {
		$title = __( 'Email Gateway', 'email-gateway' );
		add_submenu_page( 'settings.php', $title, $title, 'manage_network_options', self::SLUG, array( $this, 'render' ) );
	}

	/**
	 * Filter network_admin_plugin_action_links_{plugin}.
	 *
	 * @param string[] $links HTML.
	 */
	public function add_link( array $links ): array {
		$url  = network_admin_url( 'settings.php?page=' . self::SLUG );
		$link = sprintf( '<a href="%s">%s</a>', esc_url( $url ), esc_html_x( 'Sites', 'link', 'email-gateway' ) );
		return array_merge( array( 'sites' => $link ), $links );
	}

	/**
	 * Prints the page.
	 */
	public function render(): void {
		$page  = max( 1, absint( $_GET['paged'] ?? 1 ) ); // phpcs:ignore WordPress.Security.NonceVerification -- nothing is changed by it.
		$sites = get_sites( array( 'number' => self::SIZE, 'offset' => ( $page - 1 ) * self::SIZE, 'orderby' => 'id' ) );
		$pages = (int) ceil( get_sites( array( 'count' => true ) ) / self::SIZE );
		printf( '<div class="wrap"><h1>%s</h1><p>%s</p>', esc_html__( 'Email Gateway', 'email-gateway' ), esc_html__( 'Each site is paired with a backend by itself, and has its own servers. Open a site to pair it or to change its settings.', 'email-gateway' ) );
		printf(
			'<table class="wp-list-table widefat striped"><caption class="screen-reader-text">%s</caption><thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col">%s</th><th scope="col">%s</th></tr></thead><tbody>',
			esc_html__( 'Sites of this network', 'email-gateway' ),
			esc_html_x( 'Site', 'column', 'email-gateway' ),
			esc_html_x( 'Pairing', 'column', 'email-gateway' ),
			esc_html_x( 'Backend', 'column', 'email-gateway' ),
			esc_html_x( 'Servers', 'column', 'email-gateway' )
		);
		foreach ( $sites as $site ) {
			$this->print_row( (int) $site->blog_id );
		}
		echo '</tbody></table>';
		$links = paginate_links( array( 'base' => add_query_arg( 'paged', '%#%' ), 'format' => '', 'current' => $page, 'total' => $pages ) );
		echo $links ? '<div class="tablenav"><div class="tablenav-pages">' . wp_kses_post( $links ) . '</div></div></div>' : '</div>';
	}

	/**
	 * Prints the row of a site.
	 *
	 * @param int $site_id Of the network.
	 */
	private function print_row( int $site_id ): void {
		switch_to_blog( $site_id );
		$pairing = ( new Pairing() )->view();
		$name    = get_option( 'blogname' );
		printf(
			'<tr><th scope="row"><a href="%s">%s</a><br>%s</th><td>%s</td><td>%s</td><td>%s</td></tr>',
			esc_url( Settings_Page::url() . ( $pairing['paired'] ? '' : '#connection' ) ),
			esc_html( '' === $name ? home_url() : $name ),
			esc_html( home_url() ),
			esc_html( self::state( $pairing ) ),
			esc_html( $pairing['backendUrl'] ?? '—' ),
			esc_html( number_format_i18n( self::count_of_servers() ) )
		);
		restore_current_blog();
	}

	/**
	 * How a site is paired.
	 *
	 * @param array $pairing As Pairing::view().
	 */
	private static function state( array $pairing ): string {
		if ( ! $pairing['paired'] ) {
			return __( 'Not paired', 'email-gateway' );
		}
		if ( ! $pairing['keyReadable'] ) {
			return __( 'The key of the site cannot be read: pair it again', 'email-gateway' );
		}
		return $pairing['moved'] ? __( 'Paired as another address: confirm the move', 'email-gateway' ) : _x( 'Paired', 'site', 'email-gateway' );
	}

	/**
	 * Servers of the site that WordPress has switched to, our own or WPCloudDeploy's.
	 */
	private static function count_of_servers(): int {
		$count = 0;
		foreach ( array( Servers\Own_Servers::POST_TYPE, Servers\Wpcd_Servers::POST_TYPE ) as $type ) {
			$counts = (array) wp_count_posts( $type );
			$count += array_sum( array_intersect_key( $counts, array( 'publish' => 0, 'private' => 0 ) ) );
		}
		return (int) $count;
	}
}
