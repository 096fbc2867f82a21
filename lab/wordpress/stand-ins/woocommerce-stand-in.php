<?php
/**
 * Plugin Name: Stand-in for WooCommerce
 * Description: The roles of a shop, and the redirect that keeps its customers out of wp-admin. Written for the lab; no shop.
 *
 * Written after reading WooCommerce 11.0.1, which is not copied here: docs/neighbours.md says what was compared. The
 * names of roles, capabilities and filters are WooCommerce's, and so is who is asked first.
 *
 * @package Email_Gateway_Lab
 */

// The names of another plugin are the point.

if ( ! class_exists( 'WooCommerce' ) ) {
	/**
	 * The roles and the redirect.
	 */
	class WooCommerce {

		const CUSTOMER     = array( 'read' );
		const SHOP_MANAGER = array( 'read', 'read_private_pages', 'read_private_posts', 'edit_posts', 'edit_pages', 'edit_published_posts', 'edit_published_pages', 'edit_private_pages', 'edit_private_posts', 'edit_others_posts', 'edit_others_pages', 'publish_posts', 'publish_pages', 'delete_posts', 'delete_pages', 'delete_private_pages', 'delete_private_posts', 'delete_published_pages', 'delete_published_posts', 'delete_others_posts', 'delete_others_pages', 'manage_categories', 'manage_links', 'moderate_comments', 'upload_files', 'export', 'import', 'list_users', 'edit_theme_options', 'manage_woocommerce', 'view_woocommerce_reports' );
		const LET_IN       = array( 'edit_posts', 'manage_woocommerce', 'view_admin_dashboard' );
		const ALWAYS_OPEN  = array( 'admin-post.php', 'admin-ajax.php' );

		/**
		 * Adds the roles and hooks the redirect up.
		 */
		public function start() {
			add_role( 'customer', 'Customer', array_fill_keys( self::CUSTOMER, true ) );
			add_role( 'shop_manager', 'Shop manager', array_fill_keys( self::SHOP_MANAGER, true ) );
			add_action( 'admin_init', array( $this, 'prevent_admin_access' ) );
			add_filter( 'show_admin_bar', array( $this, 'show_bar' ) );
		}

		/**
		 * Action admin_init: sends customers to the shop.
		 */
		public function prevent_admin_access() {
			if ( $this->is_kept_out() ) {
				wp_safe_redirect( home_url( '/' ) );
				exit;
			}
		}

		/**
		 * Whether the person is sent out of wp-admin. The admin bar is asked about first: where it stays, nobody is kept
		 * out, unless the second filter says so.
		 */
		public function is_kept_out() {
			$script  = basename( sanitize_text_field( wp_unslash( $_SERVER['SCRIPT_FILENAME'] ?? '' ) ) );
			$prevent = apply_filters( 'woocommerce_disable_admin_bar', true ) && ! in_array( $script, self::ALWAYS_OPEN, true )
				&& ! array_filter( self::LET_IN, 'current_user_can' );
			return (bool) apply_filters( 'woocommerce_prevent_admin_access', $prevent );
		}

		/**
		 * Filter show_admin_bar.
		 *
		 * @param bool $show What others decided.
		 */
		public function show_bar( $show ) {
			$hides = apply_filters( 'woocommerce_disable_admin_bar', true ) && ! current_user_can( 'edit_posts' ) && ! current_user_can( 'manage_woocommerce' );
			return $hides ? false : $show;
		}
	}

	add_action( 'init', array( new WooCommerce(), 'start' ), 1 );
}
