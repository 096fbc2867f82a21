<?php
/**
 * The hooks of the plugin, in one list.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Fleet\Fleet_List;
use Email_Gateway\Fleet\Fleet_Mirror;
use Email_Gateway\Fleet\Trouble;
use Email_Gateway\Servers\Connected_Servers;
use Email_Gateway\Servers\Left_Gateways;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Servers\Own_Servers_Hooks;
use Email_Gateway\Servers\Wpcd_Screens;
use Email_Gateway\Servers\Wpcd_Servers;
use Email_Gateway\Servers\Wpcd_Watch;

/**
 * Makes the parts and hooks them up. Nothing else in the plugin calls add_action or add_filter, but for the screens of our
 * own post type: Own_Servers_Hooks.
 */
class Plugin {

	/**
	 * When another plugin that keeps servers has said so: WPCloudDeploy defines its functions at init -20, the object
	 * that knows permissions at -10, and asks for the tabs of a server at 20.
	 */
	const AFTER_PANELS = 5;

	const AFTER_OTHER_TABS = 1000;

	/** WordPress drops the tables of a site at 10. */
	const BEFORE_TABLES_GO = 5;

	/**
	 * Waits for the other plugins.
	 */
	public function start(): void {
		// before WooCommerce starts, at init 0
		add_action( 'before_woocommerce_init', array( Shop::class, 'declare_compatibility' ) );
		add_action( 'init', array( $this, 'add_hooks' ), self::AFTER_PANELS );
		register_activation_hook( PLUGIN_FILE, array( First_Run::class, 'remember' ) );
	}

	/**
	 * Action init: hooks everything up.
	 */
	public function add_hooks(): void {
		load_plugin_textdomain( 'email-gateway', false, dirname( plugin_basename( PLUGIN_FILE ) ) . '/languages' );

		$servers = Wpcd_Servers::are_here() ? new Wpcd_Servers() : new Own_Servers();
		$pairing = new Pairing();
		$access  = new Access( $servers );
		$backend = new Backend_Client( $pairing );

		$mirror = new Fleet_Mirror( $servers, $pairing, $backend );
		$fleet  = new Fleet_List( $pairing, $backend, $mirror );

		$early  = new Early_Screen( $access, $backend );

		$metabox  = new Metabox( $servers, $early, $pairing );
		$settings = new Settings_Page();
		$assets   = new Assets( $access, $pairing, $servers, $fleet, $early, new Connected_Servers( $backend ) );
		$shop     = new Shop( $servers );
		$health   = new Site_Health( $pairing, $backend );
		$mail     = new Site_Health_Gateways( $pairing, $servers, new Trouble( $backend ) );

		add_filter( 'map_meta_cap', array( $access, 'map_capability' ), 10, 4 );

		add_action( 'rest_api_init', array( new Rest_Routes( $access, $servers, $backend ), 'register' ) );
		add_action( 'rest_api_init', array( new Pairing_Routes( $access, $pairing, $backend ), 'register' ) );
		add_action( 'rest_api_init', array( $health, 'register_route' ) );
		add_action( 'rest_api_init', array( $mail, 'register_route' ) );
		add_action( 'rest_api_init', array( new Server_Entry( $access ), 'register' ) );
		add_action( 'http_api_curl', array( Backend_Http::class, 'limit_connecting' ) );
		$deleted = new Deleted_Servers( $servers, $pairing, $backend );
		add_action( 'before_delete_post', array( $deleted, 'forget' ) );
		add_action( Deleted_Servers::EVENT, array( $deleted, 'try_again' ) );
		add_filter( 'wp_import_post_data_processed', array( new Imported_Servers( $servers ), 'leave_out_number' ) );
		add_action( Former_Pairing::EVENT, array( new Former_Pairing(), 'end' ) );
		$deleted_sites = new Deleted_Sites();
		add_action( 'wp_uninitialize_site', array( $deleted_sites, 'end' ), self::BEFORE_TABLES_GO );
		add_action( Deleted_Sites::EVENT, array( $deleted_sites, 'try_again' ) );

		$handed_over = new Handed_Over_Servers( $servers, $pairing, $backend );
		add_action( 'post_updated', array( $handed_over, 'tell' ), 10, 3 );
		add_action( 'delete_user', array( $handed_over, 'before_user_goes' ), 10, 2 );
		add_action( 'remove_user_from_blog', array( $handed_over, 'before_user_leaves' ), 10, 3 );
		add_action( 'deleted_user', array( $handed_over, 'after_user_went' ), 10, 0 );
		add_action( Handed_Over_Servers::EVENT, array( $handed_over, 'try_again' ) );
		$this->add_mirror( $mirror );
		$rotation = new Key_Rotation( $pairing, $backend );
		$rotation->schedule();
		add_action( Key_Rotation::EVENT, array( $rotation, 'rotate' ) );

		add_action( 'wp_dashboard_setup', array( new Dashboard_Widget( $pairing, $backend ), 'add' ) );
		add_action( 'admin_menu', array( $settings, 'add' ) );
		add_action( 'admin_menu', array( new Mail_Log_Page( $servers ), 'add' ) );
		$network = new Network_Screen();
		add_action( 'network_admin_menu', array( $network, 'add' ) );
		add_filter( 'network_admin_plugin_action_links_' . plugin_basename( PLUGIN_FILE ), array( $network, 'add_link' ) );
		add_filter( 'plugin_row_meta', array( $settings, 'add_row_meta' ), 10, 2 );
		add_filter( 'plugin_action_links_' . plugin_basename( PLUGIN_FILE ), array( $settings, 'add_link' ) );
		// before the command palette, which has half a hundred scripts run first
		add_action( 'admin_enqueue_scripts', array( $assets, 'enqueue' ), 1 );
		add_action( 'admin_init', array( new Fixed_Defaults( $backend ), 'hand_over_on_a_page' ) );
		add_action( 'admin_init', array( new Privacy(), 'suggest_policy' ) );
		$personal = new Personal_Data( $pairing, $backend );
		add_filter( 'wp_privacy_personal_data_exporters', array( $personal, 'add_exporter' ) );
		add_filter( 'wp_privacy_personal_data_erasers', array( $personal, 'add_eraser' ) );
		add_filter( 'site_status_tests', array( $health, 'add_test' ) );
		add_filter( 'site_status_tests', array( $mail, 'add_test' ) );
		add_filter( 'site_status_tests', array( new Site_Health_Key( $pairing ), 'add_test' ) );
		add_filter( 'debug_information', array( new Site_Health_Info( $pairing, $servers, new Trouble( $backend ) ), 'add_section' ) );
		add_action( 'current_screen', array( new Help(), 'add_tabs' ) );
		$first_run = new First_Run( $pairing );
		add_action( 'admin_init', array( $first_run, 'lead' ) );
		add_action( 'admin_notices', array( $first_run, 'print_notice' ) );
		add_action( 'admin_notices', array( new Alert_Notices( $pairing, $backend, $servers->post_type() ), 'show' ) );
		add_action( 'email_gateway_accepted', array( Alert_Notices::class, 'forget' ) );
		add_action( 'wp_ajax_' . Test_Alert_Notice::ACTION, array( Test_Alert_Notice::class, 'dismiss' ) );

		if ( $servers instanceof Own_Servers ) {
			( new Own_Servers_Hooks( $servers, $fleet ) )->add( $metabox, new Left_Gateways( $pairing, $backend ) );
		} else {
			$this->add_to_wpcd( new Wpcd_Screens( $metabox, $settings ) );
			add_action( 'wp_enqueue_scripts', array( $assets, 'enqueue_on_public_page' ) );
			add_action( 'rest_api_init', array( new Supplied_Address( $access, $servers ), 'register' ) );
			$this->add_watch( new Wpcd_Watch( $servers, $backend ) );
			add_action( 'rest_api_init', array( new Wpcd_Import( $access, $servers, $backend ), 'register' ) );
		}

		add_filter( 'woocommerce_prevent_admin_access', array( $shop, 'let_owners_in' ) );
		add_filter( 'woocommerce_disable_admin_bar', array( $shop, 'keep_bar_for_owners' ) );

		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			\WP_CLI::add_command( 'email-gateway', new Command( $pairing, $backend ) );
		}
	}

	/**
	 * What keeps servers of WPCloudDeploy watched.
	 *
	 * @param Wpcd_Watch $watch The watch.
	 */
	private function add_watch( Wpcd_Watch $watch ): void {
		add_filter( 'cron_schedules', array( $watch, 'add_schedule' ) );
		add_action( Wpcd_Watch::EVENT, array( $watch, 'lend' ) );
		add_action( 'admin_init', array( $watch, 'schedule' ) );
	}

	/**
	 * What tells the backend of names and owners.
	 *
	 * @param Fleet_Mirror $mirror What tells it.
	 */
	private function add_mirror( Fleet_Mirror $mirror ): void {
		add_action( 'save_post', array( $mirror, 'note' ), 10, 2 );
		add_action( 'deleted_post', array( $mirror, 'note' ), 10, 2 );
		add_action( 'deleted_user', array( $mirror, 'note_all' ), 10, 0 );
		add_action( 'remove_user_from_blog', array( $mirror, 'note_all' ), 10, 0 );
		add_action( 'shutdown', array( $mirror, 'tell_changed' ) );
		add_action( Fleet_Mirror::EVENT, array( $mirror, 'heal' ) );
		add_action( 'admin_init', array( $mirror, 'schedule' ) );
	}

	/**
	 * Tabs on the screens of WPCloudDeploy. It begins with no tab at all, and opens the first: ours comes after all others.
	 *
	 * @param Wpcd_Screens $screens Our parts of them.
	 */
	private function add_to_wpcd( Wpcd_Screens $screens ): void {
		add_filter( 'wpcd_server_wordpress-app_get_tabnames', array( $screens, 'add_tab' ), self::AFTER_OTHER_TABS, 2 );
		add_filter( 'wpcd_server_wordpress-app_get_tabs', array( $screens, 'fill_tab' ), 10, 2 );
		add_filter( 'wpcd_wordpress-app_settings_tabs', array( $screens, 'add_settings_tab' ), self::AFTER_OTHER_TABS );
		add_filter( 'wpcd_wordpress-app_settings_fields', array( $screens, 'fill_settings_tab' ) );
	}
}
