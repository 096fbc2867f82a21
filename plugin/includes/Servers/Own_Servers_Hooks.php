<?php
/**
 * The hooks of our own post type of servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Fleet\Fleet_Filters;
use Email_Gateway\Fleet\Fleet_List;
use Email_Gateway\Fleet\Fleet_Views;
use Email_Gateway\Fleet\Saved_Views;
use Email_Gateway\Metabox;

/**
 * Its list, its edit screen and its trash, where no other plugin keeps the servers.
 */
class Own_Servers_Hooks {

	/**
	 * Of what.
	 *
	 * @var Own_Servers
	 */
	private $servers;

	/**
	 * Which servers the list shows.
	 *
	 * @var Fleet_List
	 */
	private $fleet;

	/**
	 * Made once.
	 *
	 * @param Own_Servers $servers The servers.
	 * @param Fleet_List  $fleet   Which servers the list shows.
	 */
	public function __construct( Own_Servers $servers, Fleet_List $fleet ) {
		$this->servers = $servers;
		$this->fleet   = $fleet;
	}

	/**
	 * Hooks all of it up.
	 *
	 * @param Metabox       $metabox The boxes of a server.
	 * @param Left_Gateways $left    Knows which servers have a gateway that would be left behind.
	 */
	public function add( Metabox $metabox, Left_Gateways $left ): void {
		$this->add_screens( $metabox );
		$this->add_fleet();
		$this->add_trash( $left );
	}

	/**
	 * The post type, its list and its edit screen.
	 *
	 * @param Metabox $metabox The boxes of a server.
	 */
	private function add_screens( Metabox $metabox ): void {
		$type                = Own_Servers::POST_TYPE;
		$servers             = $this->servers;
		$server_capabilities = new Server_Capabilities( $servers );
		$list                = new Server_List( $servers, $this->fleet );
		$menu                = new Server_Menu();
		$screen              = new Server_Screen();

		add_action( 'init', array( $servers, 'register' ) );
		add_action( 'rest_api_init', array( new Server_Adding(), 'register' ) );
		add_filter( 'map_meta_cap', array( $server_capabilities, 'map_capability' ), 10, 3 );
		add_action( 'add_meta_boxes', array( $metabox, 'add' ) );
		add_filter( 'enter_title_here', array( $screen, 'title_hint' ), 10, 2 );
		add_filter( 'post_updated_messages', array( $screen, 'messages' ) );
		add_action( "add_meta_boxes_{$type}", array( $screen, 'replace_boxes' ) );
		add_filter( 'show_post_locked_dialog', array( $screen, 'never_lock_out' ), 10, 2 );
		add_filter( 'wp_dropdown_users_args', array( $screen, 'offer_every_user_as_owner' ), 10, 2 );
		add_action( 'admin_menu', array( $menu, 'add_entry' ) );
		add_action( 'admin_head', array( $menu, 'remove_entry' ) );
		add_action( 'pre_get_posts', array( $list, 'show_own_servers_only' ) );
		add_action( 'pre_get_posts', array( $list, 'sort_by_name' ) );
		add_filter( "manage_{$type}_posts_columns", array( $list, 'columns' ) );
		add_action( "manage_{$type}_posts_custom_column", array( $list, 'print_cell' ), 10, 2 );
		add_filter( 'disable_months_dropdown', array( $list, 'leave_out_months' ), 10, 2 );
		add_filter( 'quick_edit_enabled_for_post_type', array( $list, 'leave_out_quick_edit' ), 10, 2 );
		add_filter( "bulk_actions-edit-{$type}", array( $list, 'leave_out_bulk_edit' ) );
		add_filter( 'wp_insert_post_data', array( $screen, 'name_nameless' ), 10, 2 );
	}

	/**
	 * Filters, views and order of the list of servers.
	 */
	private function add_fleet(): void {
		$type    = Own_Servers::POST_TYPE;
		$fleet   = $this->fleet;
		$filters = new Fleet_Filters( $fleet );
		$views   = new Fleet_Views( $fleet );
		$saved   = new Saved_Views();

		add_filter( 'posts_pre_query', array( $fleet, 'find' ), 10, 2 );
		add_filter( "manage_edit-{$type}_sortable_columns", array( $filters, 'sortable' ) );
		add_action( 'restrict_manage_posts', array( $filters, 'print_choices' ), 10, 2 );
		add_action( 'admin_notices', array( $filters, 'print_missed' ) );
		add_filter( "views_edit-{$type}", array( $views, 'links' ) );
		add_action( 'manage_posts_extra_tablenav', array( $saved, 'print_form' ) );
		add_action( 'admin_footer-edit.php', array( $saved, 'print_own_form' ) );
		add_action( 'admin_post_' . Saved_Views::ACTION, array( $saved, 'change' ) );
	}

	/**
	 * What keeps a server with a gateway out of the trash.
	 *
	 * @param Left_Gateways $left Knows which.
	 */
	private function add_trash( Left_Gateways $left ): void {
		$trash    = new Server_Trash( $left );
		$requests = new Trash_Requests( $left );
		$words    = new Trash_Words();

		add_filter( 'pre_trash_post', array( $trash, 'keep' ), 10, 2 );
		add_filter( 'pre_delete_post', array( $trash, 'keep' ), 10, 2 );
		add_filter( 'wp_insert_post_data', array( $trash, 'keep_status' ), 10, 2 );
		add_filter( 'wp_untrash_post_status', array( $trash, 'restored_status' ), 10, 2 );
		add_filter( 'bulk_post_updated_messages', array( $words, 'bulk_messages' ), 10, 2 );
		add_action( 'load-post.php', array( $requests, 'before_one' ) );
		add_action( 'load-edit.php', array( $requests, 'before_many' ) );
		add_action( 'admin_notices', array( $words, 'print_notice' ) );
	}
}
