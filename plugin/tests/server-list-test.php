<?php
/**
 * The list of servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Servers\Own_Servers;

/**
 * What the list shows of a server, and to whom.
 */
class Server_List_Test extends Doorman_Test_Case {

	/**
	 * The list shows own servers only, however it is asked for.
	 */
	public function test_the_list_shows_an_owner_the_own_servers_only() {
		$administrator = $this->sign_in_as( 'administrator' );
		$this->make_server( $administrator );
		$owner = $this->sign_in_as( 'subscriber' );
		$own   = $this->make_server( $owner );
		foreach ( array( array(), array( 'author' => $administrator ), array( 's' => 'web' ) ) as $asked ) {
			$this->assertSame( array( $own ), $this->listed( $asked ) );
		}
		$usual = array( 'all' => 'All (2)', 'trash' => 'Trash (2)' );
		$this->assertStringNotContainsString( '(2)', implode( '', apply_filters( 'views_edit-email_gateway_server', $usual ) ) );
		wp_set_current_user( $administrator );
		$this->assertCount( 2, $this->listed( array() ) );
		$this->assertSame( array( 'all', 'trash' ), array_keys( apply_filters( 'views_edit-email_gateway_server', $usual ) ) );
	}

	/**
	 * WordPress knows to which menu the list belongs while it judges, and prints no empty entry.
	 */
	public function test_an_owner_s_menu_leads_to_the_list() {
		global $submenu;
		$list = 'edit.php?post_type=email_gateway_server';
		$this->make_server( $this->sign_in_as( 'subscriber' ) );
		$submenu = array( $list => array( 5 => array( 'Servers', 'edit_email_gateway_servers', $list ) ) );
		do_action( 'admin_menu' );
		$this->assertCount( 2, $submenu[ $list ] );
		// WordPress's own hooks of admin_head ask them.
		wp_scripts();
		wp_styles();
		ob_start();
		do_action( 'admin_head' );
		ob_end_clean();
		$this->assertArrayNotHasKey( $list, $submenu );

		$this->sign_in_as( 'administrator' );
		$submenu = array( $list => array( 5 => array( 'Servers', 'edit_email_gateway_servers', $list ) ) );
		do_action( 'admin_menu' );
		$this->assertCount( 1, $submenu[ $list ] );
	}

	/**
	 * Columns and their cells.
	 */
	public function test_the_list_has_cells_for_the_script_to_fill() {
		$usual = array( 'cb' => '', 'title' => 'Title', 'author' => 'Author', 'date' => 'Date' );
		$this->sign_in_as( 'administrator' );
		$columns = apply_filters( 'manage_email_gateway_server_posts_columns', $usual );
		$this->assertSame( array( '', 'Name', 'Owner', 'Host', 'Gateway', 'Last test', 'Last 24 hours' ), array_values( $columns ) );
		$this->sign_in_as( 'subscriber' );
		$columns = apply_filters( 'manage_email_gateway_server_posts_columns', $usual );
		$this->assertSame( array( '', 'Name', 'Host', 'Gateway', 'Last test', 'Last 24 hours' ), array_values( $columns ) );
		$server_id = $this->make_server( get_current_user_id() );
		$this->assertSame(
			"<span class=\"email-gateway-cell\" data-server-id=\"{$server_id}\" data-column=\"host\"></span>"
			. "<span class=\"email-gateway-cell\" data-server-id=\"{$server_id}\" data-column=\"gateway\"></span>"
			. "<span class=\"email-gateway-cell\" data-server-id=\"{$server_id}\" data-column=\"last-test\"></span>"
			. "<span class=\"email-gateway-cell\" data-server-id=\"{$server_id}\" data-column=\"day\"></span>",
			$this->cells( array_keys( $columns ), $server_id )
		);
		$this->sign_in_as( 'administrator' );
		wp_trash_post( $server_id );
		$this->assertSame( '', $this->cells( array_keys( $columns ), $server_id ) );
	}

	/**
	 * What is printed in one row.
	 *
	 * @param string[] $columns   Names.
	 * @param int      $server_id Of the row.
	 */
	private function cells( array $columns, int $server_id ): string {
		ob_start();
		foreach ( $columns as $column ) {
			do_action( 'manage_email_gateway_server_posts_custom_column', $column, $server_id );
		}
		return ob_get_clean();
	}

	/**
	 * What the list table's main query finds.
	 *
	 * @param array $asked Query of the address bar.
	 * @return int[]
	 */
	private function listed( array $asked ): array {
		$query                   = new \WP_Query();
		$GLOBALS['wp_the_query'] = $query;
		$found                   = $query->query( $asked + array( 'post_type' => Own_Servers::POST_TYPE, 'fields' => 'ids' ) );
		return array_map( 'intval', $found );
	}
}
