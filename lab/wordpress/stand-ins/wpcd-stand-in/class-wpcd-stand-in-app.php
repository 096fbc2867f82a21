<?php
/**
 * What WPCD_WORDPRESS_APP() gives out.
 *
 * @package Email_Gateway_Lab
 */

/**
 * The app for WordPress servers: its own tabs, and who sees them.
 */
class WPCD_Stand_In_App {

	/**
	 * Hooks itself up at init 1, as there.
	 */
	public function __construct() {
		add_action( 'init', array( $this, 'init' ), 1 );
	}

	/**
	 * Action init, 1: the tab with WPCloudDeploy's own email gateway.
	 */
	public function init() {
		add_filter( 'wpcd_server_wordpress-app_get_tabnames', array( $this, 'get_tab' ), 10, 2 );
		add_filter( 'wpcd_server_wordpress-app_get_tabs', array( $this, 'get_tab_fields' ), 10, 2 );
	}

	/**
	 * Keeps what makes the server one of this app: every attribute as a meta.
	 *
	 * @param array $instance Of create_server().
	 */
	public function add_app( &$instance ) {
		foreach ( array_diff_key( $instance, array( 'init' => true ) ) as $key => $value ) {
			update_post_meta( $instance['post_id'], "wpcd_server_{$key}", $value );
		}
		return $instance;
	}

	/**
	 * Filter of the names of tabs.
	 *
	 * @param array $tabs Label and icon by slug.
	 * @param int   $id   The server.
	 */
	public function get_tab( $tabs, $id ) {
		return $this->sees_services( $id ) ? $tabs + array( 'services' => array( 'label' => 'Services', 'icon' => 'far fa-concierge-bell' ) ) : $tabs;
	}

	/**
	 * Filter of the fields in the tabs.
	 *
	 * @param array $fields Of every tab.
	 * @param int   $id     The server.
	 */
	public function get_tab_fields( array $fields, $id ) {
		if ( $this->sees_services( $id ) ) {
			$fields[] = array( 'id' => 'services', 'tab' => 'services', 'type' => 'custom_html', 'std' => '<p>The server as WPCloudDeploy shows it.</p>' );
		}
		return $fields;
	}

	/**
	 * Whether the settings let somebody see a tab of a server: they can keep owners out, all or those of a role. For who
	 * does not own it, this says yes; the team decides.
	 *
	 * @param int    $id       The server.
	 * @param string $tab_name Slug of the tab.
	 * @param int    $user_id  0 for the current user.
	 */
	public function wpcd_can_author_view_server_tab( $id, $tab_name, $user_id = 0 ) {
		$user_id = $user_id ? $user_id : get_current_user_id();
		if ( wpcd_is_admin( $user_id ) || (int) get_post( $id )->post_author !== $user_id ) {
			return true;
		}
		$prefix = 'wpcd_wpapp_server_security_exception_live-servers';
		$banned = wpcd_get_early_option( "{$prefix}_{$tab_name}_roles" );
		return ! wpcd_get_early_option( "{$prefix}_server-owner_{$tab_name}" )
			&& ! ( is_array( $banned ) && array_intersect( $banned, get_userdata( $user_id )->roles ) );
	}

	/**
	 * Whether the current user sees the tab.
	 *
	 * @param int $id The server.
	 */
	private function sees_services( $id ) {
		$is_own = (int) get_post( $id )->post_author === get_current_user_id();
		return ( $is_own || wpcd_user_can( get_current_user_id(), 'view_wpapp_server_services_tab', $id ) ) && $this->wpcd_can_author_view_server_tab( $id, 'services' );
	}
}
