<?php
/**
 * Plugin Name: Stand-in for WooCommerce
 * Description: The roles of a shop, and the redirect that keeps its customers out of wp-admin. Written for the lab; no shop.
 *
 * The names of roles, capabilities and filters are WooCommerce's, so that what is proved here holds there.
 *
 * @package Email_Gateway_Lab
 */

// phpcs:disable WordPress.NamingConventions.PrefixAllGlobals -- the names of another plugin are the point.

if ( ! class_exists( 'WooCommerce' ) ) {
	/**
	 * The roles and the redirect.
	 */
	class WooCommerce {

		const CUSTOMER     = array( 'read' );
		const SHOP_MANAGER = array( 'read', 'edit_posts', 'edit_others_posts', 'publish_posts', 'edit_pages', 'upload_files', 'list_users', 'edit_users', 'edit_theme_options', 'export', 'import', 'manage_woocommerce', 'view_woocommerce_reports' );
		const LET_IN       = array( 'edit_posts', 'manage_woocommerce', 'view_admin_dashboard' );

		/**
		 * Adds the roles and hooks the redirect up.
		 */
		public function start() {
			add_role( 'customer', 'Customer', array_fill_keys( self::CUSTOMER, true ) );
			add_role( 'shop_manager', 'Shop manager', array_fill_keys( self::SHOP_MANAGER, true ) );
			add_action( 'admin_init', array( $this, 'keep_out' ) );
			add_filter( 'show_admin_bar', array( $this, 'show_bar' ) );
		}

		/**
		 * Action admin_init: sends customers to the shop.
		 */
		public function keep_out() {
			if ( ! wp_doing_ajax() && $this->is_kept_out( 'woocommerce_prevent_admin_access' ) ) {
				wp_safe_redirect( home_url( '/' ) );
				exit;
			}
		}

		/**
		 * Filter show_admin_bar.
		 *
		 * @param bool $show What others decided.
		 */
		public function show_bar( $show ) {
			return $show && ! $this->is_kept_out( 'woocommerce_disable_admin_bar' );
		}

		/**
		 * Whether the person is a mere customer, after others had their say.
		 *
		 * @param string $filter Its name.
		 */
		public function is_kept_out( $filter ) {
			$let_in = array_filter( self::LET_IN, 'current_user_can' );
			return (bool) apply_filters( $filter, is_user_logged_in() && ! $let_in );
		}
	}

	add_action( 'init', array( new WooCommerce(), 'start' ), 1 );
}
