<?php
/**
 * Lets owners of a server through to the list of servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

/**
 * WordPress takes a menu's only submenu away when it leads where the menu leads. Then it no longer knows to which menu
 * edit.php?post_type=… belongs, judges it as the list of posts, and turns away who may not edit posts: everybody who
 * may see the list of servers but not add one. A second entry, there only while WordPress judges, prevents that.
 * The list itself still asks for its own capability.
 */
class Server_Menu {

	const LIST_PAGE = 'edit.php?post_type=' . Own_Servers::POST_TYPE;

	/**
	 * Action admin_menu: adds the entry for those who may not add servers.
	 */
	public function add_entry(): void {
		global $submenu;
		if ( current_user_can( 'edit_email_gateway_servers' ) && ! current_user_can( 'create_email_gateway_servers' ) ) {
			$submenu[ self::LIST_PAGE ][] = array( '', 'edit_email_gateway_servers', self::LIST_PAGE . '#' );
		}
	}

	/**
	 * Action admin_head, after the judgement and before the menu is printed: takes the entry away.
	 */
	public function remove_entry(): void {
		global $submenu;
		$entries = $submenu[ self::LIST_PAGE ] ?? array();
		$last    = end( $entries );
		if ( $last && self::LIST_PAGE . '#' === $last[2] ) {
			unset( $submenu[ self::LIST_PAGE ] );
		}
	}
}
