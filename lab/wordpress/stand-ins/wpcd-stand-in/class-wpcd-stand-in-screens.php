<?php
/**
 * The screens, which in life Meta Box draws.
 *
 * @package Email_Gateway_Lab
 */

// The names of another plugin are the point.

/**
 * A server in wp-admin, for who has wpcd_manage_servers; the same tabs on a page outside of it, for everybody who may
 * open the server; the settings. Classes and markup of the tabs are Meta Box's.
 */
class WPCD_Stand_In_Screens {

	const POST_TYPE = 'wpcd_app_server';

	/**
	 * Tabs of this request's server, put together at init.
	 *
	 * @var string
	 */
	private $server_tabs = '';

	/**
	 * Tabs in the settings.
	 *
	 * @var string
	 */
	private $settings_tabs = '';

	/**
	 * The post type: public, its posts private, each capability the same one, and none mapped to an owner.
	 */
	public function register() {
		$names = array( 'edit_post', 'edit_posts', 'edit_others_posts', 'edit_published_posts', 'edit_private_posts', 'delete_post', 'delete_posts', 'delete_others_posts', 'delete_published_posts', 'delete_private_posts', 'publish_posts', 'read_private_posts' );
		register_post_type(
			self::POST_TYPE,
			array(
				'label'        => 'Cloud Servers',
				'public'       => true,
				'supports'     => array( '' ),
				'rewrite'      => array( 'slug' => 'cloud_server' ),
				'menu_icon'    => 'dashicons-cloud',
				'capabilities' => array_fill_keys( $names, 'wpcd_manage_servers' ),
			)
		);
		add_action( 'load-post.php', array( $this, 'keep_others_out' ) );
		add_action( 'add_meta_boxes', array( $this, 'add_box' ) );
		add_action( 'admin_menu', array( $this, 'add_settings' ) );
		add_filter( 'the_content', array( $this, 'show_on_page' ) );
		add_filter( 'pre_get_posts', array( $this, 'show_private' ) );
	}

	/**
	 * Action init, 20, at which Meta Box asks for all boxes, on every request: tabs are handed in as an empty array, the
	 * tabs of the settings with WPCloudDeploy's own.
	 */
	public function put_together() {
		$id = (int) wpcd_get_current_page_server_id();
		if ( $id && self::POST_TYPE === get_post_type( $id ) && 'wordpress-app' === get_post_meta( $id, 'wpcd_server_server-type', true ) ) {
			$tabs              = apply_filters( 'wpcd_server_wordpress-app_get_tabnames', array(), $id );
			$this->server_tabs = self::tabs( $tabs, apply_filters( 'wpcd_server_wordpress-app_get_tabs', array(), $id ) );
		}
		$own                 = array( 'wordpress-app-email-gateway' => array( 'label' => 'Email Gateway', 'icon' => 'dashicons-email-alt2' ) );
		$fields              = array( array( 'id' => 'of-ssmtp', 'tab' => 'wordpress-app-email-gateway', 'type' => 'custom_html', 'std' => '<p>The settings of WPCloudDeploy.</p>' ) );
		$fields              = apply_filters( 'wpcd_wordpress-app_settings_fields', $fields );
		$this->settings_tabs = self::tabs( apply_filters( 'wpcd_wordpress-app_settings_tabs', $own ), $fields );
	}

	/**
	 * Action load-post.php: who manages servers opens those of a team and the own ones.
	 */
	public function keep_others_out() {
		$id = (int) wpcd_get_current_page_server_id();
		if ( self::POST_TYPE === get_post_type( $id ) && ! wpcd_user_can_edit_app_server( $id ) ) {
			wp_die( 'You don\'t have permission to edit this post.' );
		}
	}

	/**
	 * Action add_meta_boxes.
	 */
	public function add_box() {
		add_meta_box( 'wpcd_stand_in_tabs', 'WordPress Server', array( $this, 'render_server' ), self::POST_TYPE, 'normal', 'high' );
	}

	/**
	 * Prints the tabs of the server.
	 */
	public function render_server() {
		echo $this->server_tabs; // HTML of plugins, as there.
	}

	/**
	 * Filter pre_get_posts: a server is private, and its page is there all the same.
	 *
	 * @param WP_Query $query Of the page.
	 */
	public function show_private( $query ) {
		if ( ! is_admin() && $query->is_main_query() && $query->is_single() && self::POST_TYPE === $query->get( 'post_type' ) ) {
			$query->set( 'post_status', 'private' );
		}
		return $query;
	}

	/**
	 * Filter the_content: the tabs outside wp-admin.
	 *
	 * @param string $content Of any post.
	 */
	public function show_on_page( $content ) {
		if ( self::POST_TYPE !== get_post_type() ) {
			return $content;
		}
		$inner = wpcd_user_can_edit_app_server( get_the_ID() ) ? $this->server_tabs : 'You don\'t have permission to edit this post.';
		return "<div id=\"wpcd_public_wrapper\"><style>#wpcd_public_wrapper button { background: #0d091a; color: #fff; }</style>{$inner}</div>";
	}

	/**
	 * Action admin_menu: the settings.
	 */
	public function add_settings() {
		add_submenu_page( 'edit.php?post_type=' . self::POST_TYPE, 'Settings', 'Settings', 'wpcd_manage_settings', 'wpcd_settings', array( $this, 'render_settings' ) );
	}

	/**
	 * Prints the settings: one form, tabs above boxes. The script does what that of Meta Box's settings pages does: the
	 * class of the open tab goes from everything that looks like a tab, and boxes go that are not of the tab in the address.
	 */
	public function render_settings() {
		?>
		<div class="wrap"><h1>Settings</h1><form method="post">
			<h2 class="nav-tab-wrapper">
				<a class="nav-tab" href="#tab-general">General Settings</a>
				<a class="nav-tab" href="#tab-app">APP: WordPress - Settings</a>
			</h2>
			<div class="postbox" data-tab="#tab-general"><p>General.</p></div>
			<div class="postbox" data-tab="#tab-app"><?php echo $this->settings_tabs; // HTML of plugins, as there. ?></div>
			<?php submit_button( 'Save Settings' ); ?>
		</form></div>
		<script>
		addEventListener( 'load', () => {
			const boxes = document.querySelectorAll( '.wrap .postbox' );
			const tabs = document.querySelectorAll( '.nav-tab' );
			const show = ( name ) => {
				tabs.forEach( ( tab ) => tab.classList.toggle( 'nav-tab-active', tab.getAttribute( 'href' ) === name ) );
				boxes.forEach( ( box ) => ( box.hidden = box.dataset.tab !== name ) );
			};
			document.querySelectorAll( '.nav-tab-wrapper' ).forEach( ( wrapper ) => wrapper.addEventListener( 'click', ( { target } ) => target.matches( 'a' ) && show( target.getAttribute( 'href' ) ) ) );
			tabs[ 0 ].click();
			if ( location.hash ) {
				show( location.hash );
			}
		} );
		</script>
		<?php
	}

	/**
	 * Tabs and what is in them, the first one open.
	 *
	 * @param array $tabs   Label and icon by slug.
	 * @param array $fields Fields, each with its tab.
	 * @return string HTML.
	 */
	private static function tabs( $tabs, $fields ) {
		$names  = '';
		$panels = '';
		foreach ( $tabs as $slug => $tab ) {
			$names .= sprintf( '<li class="rwmb-tab-%1$s"><a href="#" onclick="for ( const panel of this.closest( \'.rwmb-tabs\' ).querySelectorAll( \'.rwmb-tab-panel\' ) ) { panel.hidden = ! panel.matches( \'.rwmb-tab-panel-%1$s\' ); } return false">%2$s</a></li>', esc_attr( $slug ), esc_html( $tab['label'] ) );
			$html   = implode( '', wp_list_pluck( wp_list_filter( $fields, array( 'tab' => $slug, 'type' => 'custom_html' ) ), 'std' ) );
			$panels .= sprintf( '<div class="rwmb-tab-panel rwmb-tab-panel-%s"%s><div class="rwmb-input">%s</div></div>', esc_attr( $slug ), array_key_first( $tabs ) === $slug ? '' : ' hidden', $html );
		}
		return "<div class=\"rwmb-tabs\"><ul class=\"rwmb-tab-nav\">{$names}</ul><div class=\"rwmb-tab-panels\">{$panels}</div></div>";
	}
}
