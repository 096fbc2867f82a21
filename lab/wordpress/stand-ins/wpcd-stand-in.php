<?php
/**
 * Plugin Name: Stand-in for WPCloudDeploy
 * Description: Servers, their screen with tabs, settings and permissions as WPCloudDeploy names them. Written for the lab; deploys nothing.
 *
 * The names of the post type, its meta, options, filters and functions are WPCloudDeploy's, and so is the moment at
 * which each is there: only this class while plugins load, the functions at init -20.
 *
 * @package Email_Gateway_Lab
 */

// phpcs:disable WordPress.NamingConventions.PrefixAllGlobals -- the names of another plugin are the point.

if ( ! class_exists( 'WPCD_Init' ) ) {
	/**
	 * Loads the plugin in the order in which WPCloudDeploy loads.
	 */
	class WPCD_Init {

		/**
		 * Waits for init.
		 */
		public function __construct() {
			add_action( 'init', array( $this, 'required_files' ), -20 );
		}

		/**
		 * Action init, -20.
		 */
		public function required_files() {
			require_once __DIR__ . '/wpcd-stand-in/required-files.php';
			WPCD()->register();
			add_action( 'admin_menu', array( WPCD(), 'add_settings' ) );
			add_action( 'add_meta_boxes', array( WPCD(), 'add_box' ) );
		}
	}

	new WPCD_Init();
}
