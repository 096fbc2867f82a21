<?php
/**
 * What the stand-in for WPCloudDeploy defines at init, and not before.
 *
 * @package Email_Gateway_Lab
 */

// phpcs:disable WordPress.NamingConventions.PrefixAllGlobals -- the names of another plugin are the point.
// phpcs:disable WordPress.PHP.DiscouragedPHPFunctions -- base64 of sealed bytes.

/**
 * What WPCD() gives out.
 */
class WPCD_Stand_In {

	const POST_TYPE = 'wpcd_app_server';

	/**
	 * Opens what encrypt() made; empty where it is not that.
	 *
	 * @param string $sealed Text of a meta value or an option.
	 */
	public function decrypt( $sealed ) {
		$bytes = (string) base64_decode( (string) $sealed, true );
		return strlen( $bytes ) < 16 ? '' : (string) openssl_decrypt( substr( $bytes, 16 ), 'aes-256-ctr', $this->key(), OPENSSL_RAW_DATA, substr( $bytes, 0, 16 ) );
	}

	/**
	 * Seals a text.
	 *
	 * @param string $plain Any.
	 */
	public function encrypt( $plain ) {
		$iv = random_bytes( 16 );
		return base64_encode( $iv . openssl_encrypt( $plain, 'aes-256-ctr', $this->key(), OPENSSL_RAW_DATA, $iv ) );
	}

	/**
	 * A provider, of which only the name of its first user matters.
	 *
	 * @param string $provider Its slug.
	 */
	public function get_provider_api( $provider ) {
		return new WPCD_Stand_In_Provider( $provider );
	}

	/**
	 * Action init.
	 */
	public function register() {
		register_post_type(
			self::POST_TYPE,
			array(
				'label'        => 'Cloud Servers',
				'public'       => false,
				'show_ui'      => true,
				'supports'     => array( 'title', 'author' ),
				'menu_icon'    => 'dashicons-cloud',
				'map_meta_cap' => true,
			)
		);
	}

	/**
	 * Action add_meta_boxes: the box with the tabs.
	 */
	public function add_box() {
		add_meta_box( 'wpcd_stand_in_tabs', 'Server Details', array( $this, 'render_server' ), self::POST_TYPE, 'normal', 'high' );
	}

	/**
	 * Prints the tabs of a server.
	 *
	 * @param WP_Post $post The server.
	 */
	public function render_server( $post ) {
		if ( 'wordpress-app' !== get_post_meta( $post->ID, 'wpcd_server_server-type', true ) ) {
			return;
		}
		$tabs   = array( 'general' => array( 'label' => 'General', 'icon' => 'dashicons-admin-generic' ) );
		$fields = array( array( 'id' => 'general', 'tab' => 'general', 'type' => 'custom_html', 'std' => '<p>The server as WPCloudDeploy shows it.</p>' ) );
		$this->render_tabs(
			apply_filters( 'wpcd_server_wordpress-app_get_tabnames', $tabs, $post->ID ),
			apply_filters( 'wpcd_server_wordpress-app_get_tabs', $fields, $post->ID )
		);
	}

	/**
	 * Action admin_menu: the settings.
	 */
	public function add_settings() {
		add_submenu_page( 'edit.php?post_type=' . self::POST_TYPE, 'Settings', 'Settings', 'manage_options', 'wpcd_settings', array( $this, 'render_settings' ) );
	}

	/**
	 * Prints the settings, which are one form.
	 */
	public function render_settings() {
		$tabs   = array( 'wordpress-app-general' => array( 'label' => 'General', 'icon' => 'dashicons-admin-generic' ) );
		$fields = array( array( 'id' => 'general', 'tab' => 'wordpress-app-general', 'type' => 'custom_html', 'std' => '<p>The settings of WPCloudDeploy.</p>' ) );
		echo '<div class="wrap"><h1>WPCloudDeploy</h1><form method="post">';
		$this->render_tabs(
			apply_filters( 'wpcd_wordpress-app_settings_tabs', $tabs ),
			apply_filters( 'wpcd_wordpress-app_settings_fields', $fields )
		);
		submit_button();
		echo '</form></div>';
	}

	/**
	 * Prints tabs and what is in them, the first one open.
	 *
	 * @param array $tabs   Label and icon by slug.
	 * @param array $fields Fields, each with its tab.
	 */
	private function render_tabs( $tabs, $fields ) {
		echo '<div class="nav-tab-wrapper">';
		foreach ( $tabs as $slug => $tab ) {
			printf( '<a class="nav-tab" href="#tab-%s" data-wpcd-tab="%1$s">%s</a>', esc_attr( $slug ), esc_html( $tab['label'] ) );
		}
		echo '</div>';
		foreach ( array_keys( $tabs ) as $slug ) {
			printf( '<div data-wpcd-panel="%s" style="padding-top: 12px" hidden>', esc_attr( $slug ) );
			foreach ( $fields as $field ) {
				if ( $slug === $field['tab'] && 'custom_html' === $field['type'] ) {
					echo $field['std']; // phpcs:ignore WordPress.Security.EscapeOutput -- HTML of plugins, as there.
				}
			}
			echo '</div>';
		}
		?>
		<script>
		( () => {
			const show = ( slug ) => {
				document.querySelectorAll( '[data-wpcd-panel]' ).forEach( ( panel ) => ( panel.hidden = panel.dataset.wpcdPanel !== slug ) );
				document.querySelectorAll( '[data-wpcd-tab]' ).forEach( ( tab ) => tab.classList.toggle( 'nav-tab-active', tab.dataset.wpcdTab === slug ) );
			};
			document.querySelectorAll( '[data-wpcd-tab]' ).forEach( ( tab ) => tab.addEventListener( 'click', ( event ) => {
				event.preventDefault();
				show( tab.dataset.wpcdTab );
			} ) );
			show( document.querySelector( '[data-wpcd-tab]' ).dataset.wpcdTab );
		} )();
		</script>
		<?php
	}

	/**
	 * The key, 32 bytes.
	 */
	private function key() {
		return hash( 'sha256', 'wpcd ' . wp_salt(), true );
	}
}

/**
 * A provider of servers.
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
}

/**
 * What WPCD_WORDPRESS_APP() gives out: whether owners are kept from a tab.
 */
class WPCD_Stand_In_App {

	/**
	 * Whether somebody may see a tab of a server: the settings can keep owners out.
	 *
	 * @param int    $id       The server.
	 * @param string $tab_name Slug of the tab.
	 * @param int    $user_id  0 for the current user.
	 */
	public function wpcd_can_author_view_server_tab( $id, $tab_name, $user_id = 0 ) {
		$user_id = $user_id ? $user_id : get_current_user_id();
		$is_own  = (int) get_post( $id )->post_author === $user_id;
		return wpcd_is_admin( $user_id ) || ! $is_own
			|| ! wpcd_get_early_option( "wpcd_wpapp_server_security_exception_live-servers_server-owner_{$tab_name}" );
	}
}

/**
 * The plugin itself.
 */
function WPCD() { // phpcs:ignore WordPress.NamingConventions.ValidFunctionName
	static $wpcd = null;
	$wpcd        = $wpcd ? $wpcd : new WPCD_Stand_In();
	return $wpcd;
}

/**
 * Its app for WordPress servers.
 */
function WPCD_WORDPRESS_APP() { // phpcs:ignore WordPress.NamingConventions.ValidFunctionName
	static $app = null;
	$app        = $app ? $app : new WPCD_Stand_In_App();
	return $app;
}

/**
 * An option of its settings, which are one array; false where it is not set.
 *
 * @param string $option_id Name.
 */
function wpcd_get_early_option( $option_id ) {
	$options = (array) get_option( 'wpcd_settings', array() );
	return isset( $options[ $option_id ] ) ? $options[ $option_id ] : false;
}

/**
 * Whether somebody may do everything. As there, 0 is not nobody but the current user.
 *
 * @param int $user_id 0 for the current user.
 */
function wpcd_is_admin( $user_id = 0 ) {
	$user_id = $user_id ? $user_id : get_current_user_id();
	return is_super_admin( $user_id ) || user_can( $user_id, 'manage_options' );
}

/**
 * Whether a team gave somebody a permission for a server. The stand-in keeps that with the server, as
 * `permission:user`; WPCloudDeploy in tables of its own.
 *
 * @param int    $user_id         Whom.
 * @param string $permission_name Which.
 * @param int    $post_id         For which server.
 */
function wpcd_user_can( $user_id, $permission_name, $post_id ) {
	if ( wpcd_is_admin( $user_id ) ) {
		return true;
	}
	return $user_id && in_array( "{$permission_name}:{$user_id}", get_post_meta( $post_id, 'wpcd_stand_in_team' ), true );
}
