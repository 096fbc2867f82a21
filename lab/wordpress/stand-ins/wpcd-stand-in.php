<?php
/**
 * Plugin Name: Stand-in for WPCloudDeploy
 * Description: Servers, their screen with tabs, settings and permissions as WPCloudDeploy has them. Written for the lab; deploys nothing.
 *
 * Written after reading WPCloudDeploy 5.8.0, which is not copied here: docs/neighbours.md says what was compared. The
 * names of the post type, its meta, options, filters and functions are its, and so is the moment at which each is there
 * and what it is handed: only this class while plugins load, functions at init -20, the app at -10, its tabs at 1, and
 * the screens are put together at 20, when Meta Box asks.
 *
 * @package Email_Gateway_Lab
 */

// The names of another plugin are the point.

if ( ! class_exists( 'WPCD_Init' ) ) {
	/**
	 * Loads the plugin in the order in which WPCloudDeploy loads.
	 */
	class WPCD_Init {

		const CAPABILITIES = array( 'wpcd_manage_servers', 'wpcd_manage_settings' );

		/**
		 * Waits for init.
		 */
		public function __construct() {
			add_action( 'init', array( $this, 'required_files' ), -20 );
			register_activation_hook( __FILE__, array( self::class, 'activate' ) );
		}

		/**
		 * Action init, -20. Meta Box comes with it here; in life it is a plugin of its own, which asks at 20.
		 */
		public function required_files() {
			foreach ( array( 'functions', 'class-wpcd-stand-in', 'class-wpcd-stand-in-provider', 'class-wpcd-stand-in-server', 'class-wpcd-stand-in-app', 'class-wpcd-stand-in-screens' ) as $file ) {
				require_once __DIR__ . "/wpcd-stand-in/{$file}.php";
			}
			$GLOBALS['WP_CLOUD_DEPLOY'] = new WPCD_Stand_In();
			$screens                    = new WPCD_Stand_In_Screens();
			$screens->register();
			add_action( 'init', 'wpcd_init_wordpress_app', -10 );
			add_action( 'init', array( $screens, 'put_together' ), 20 );
		}

		/**
		 * Writes the capabilities into roles, which WPCloudDeploy does when it is activated.
		 */
		public static function activate() {
			array_map( array( get_role( 'administrator' ), 'add_cap' ), self::CAPABILITIES );
			add_role( 'wpcdsysadmin', 'WPCDSysAdmin', array( 'read' => true, 'wpcd_manage_servers' => true ) );
		}
	}

	new WPCD_Init();
}
