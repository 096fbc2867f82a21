<?php
/**
 * Beside a shop of WooCommerce.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Automattic\WooCommerce\Utilities\FeaturesUtil;
use Email_Gateway\Servers\Servers;

/**
 * WooCommerce sends customers out of wp-admin and hides the admin bar from them. Who may open the screen of a server is
 * let through to it, to the list and to the Mail Log, and to no other.
 */
class Shop {

	const ROLES            = array( 'customer', 'shop_manager' );
	const SAMPLE_OF_A_ROLE = 20;

	/**
	 * The servers of this site.
	 *
	 * @var Servers
	 */
	private $servers;

	/**
	 * Keeps what it asks.
	 *
	 * @param Servers $servers The servers of this site.
	 */
	public function __construct( Servers $servers ) {
		$this->servers = $servers;
	}

	/**
	 * Action before_woocommerce_init: neither how orders are stored nor the checkout of blocks concerns the plugin.
	 */
	public static function declare_compatibility(): void {
		if ( class_exists( FeaturesUtil::class ) ) {
			foreach ( array( 'custom_order_tables', 'cart_checkout_blocks' ) as $feature ) {
				FeaturesUtil::declare_compatibility( $feature, PLUGIN_FILE, true );
			}
		}
	}

	/**
	 * Filter woocommerce_prevent_admin_access.
	 *
	 * @param bool $prevented What WooCommerce decided.
	 */
	public function let_owners_in( $prevented ): bool {
		return $prevented && ! ( $this->reaches_list() && $this->is_on_screen_of_servers() );
	}

	/**
	 * Filter woocommerce_disable_admin_bar: owners keep the bar, which leads out of wp-admin again. In wp-admin it stands
	 * anyway; there WooCommerce asks whether to keep customers out at all.
	 *
	 * @param bool $disabled What WooCommerce decided.
	 */
	public function keep_bar_for_owners( $disabled ): bool {
		return $disabled && ( is_admin() || ! $this->reaches_list() );
	}

	/**
	 * What the settings page says of the shop; null without one.
	 *
	 * @return array{seeLoadDefaults: string[], customersSeeIt: bool}|null Names of roles in the person's language.
	 */
	public static function view(): ?array {
		if ( ! class_exists( 'WooCommerce' ) ) {
			return null;
		}
		$see = array_filter( array_keys( wp_roles()->roles ), array( self::class, 'sees_load_defaults' ) );
		return array(
			'seeLoadDefaults' => array_values(
				array_map(
					static function ( string $role ) {
						return translate_user_role( wp_roles()->role_names[ $role ] );
					},
					$see
				)
			),
			'customersSeeIt'  => array() !== array_intersect( self::ROLES, $see ),
		);
	}

	/**
	 * Whether people of a role may manage the defaults, as it is decided now: by the role's own capabilities, or, where
	 * a filter decides by the person, for one of the first people who have it.
	 *
	 * @param string $role Its key.
	 */
	private static function sees_load_defaults( string $role ): bool {
		$required = map_meta_cap( 'email_gateway_manage_defaults', 0 );
		$granted  = array_filter( get_role( $role )->capabilities );
		if ( array() === array_diff( $required, array_keys( $granted ) ) ) {
			return true;
		}
		foreach ( get_users( array( 'role' => $role, 'number' => self::SAMPLE_OF_A_ROLE ) ) as $user ) {
			if ( user_can( $user, 'email_gateway_manage_defaults' ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether the list of servers is open to the current user: to owners of our own servers, and beside WPCloudDeploy
	 * to whom it lets manage servers.
	 */
	private function reaches_list(): bool {
		$type = get_post_type_object( $this->servers->post_type() );
		return $type && current_user_can( $type->cap->edit_posts );
	}

	/**
	 * Whether WordPress is about to show, or to save, servers. What the person may do there is asked there.
	 */
	private function is_on_screen_of_servers(): bool {
		global $pagenow;
		// Nothing is changed by what is read here.
		// phpcs:disable WordPress.Security.NonceVerification
		if ( 'edit.php' === $pagenow ) {
			return $this->servers->post_type() === sanitize_key( wp_unslash( $_GET['post_type'] ?? '' ) );
		}
		// Where Tools has this one entry, the menu itself leads to admin.php.
		if ( in_array( $pagenow, array( 'tools.php', 'admin.php' ), true ) ) {
			return Mail_Log_Page::SLUG === sanitize_key( wp_unslash( $_GET['page'] ?? '' ) );
		}
		$post_id = absint( $_POST['post_ID'] ?? $_GET['post'] ?? 0 );
		// phpcs:enable
		return 'post.php' === $pagenow && $this->servers->belongs_to( $post_id, get_current_user_id() );
	}
}
