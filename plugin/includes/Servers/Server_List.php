<?php
/**
 * The list of servers in wp-admin.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use WP_Query;

/**
 * Columns whose cells the list's script fills with one request, and only the rows a person may see.
 */
class Server_List {

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
	 * Filter of the columns: Host, Gateway and Last test. The date would call a server “Published”.
	 *
	 * @param array $columns Words by name of the column.
	 */
	public function columns( array $columns ): array {
		unset( $columns['date'] );
		if ( isset( $columns['title'] ) ) {
			$columns['title'] = _x( 'Name', 'column', 'email-gateway' );
		}
		if ( current_user_can( 'edit_others_email_gateway_servers' ) ) {
			$columns['author'] = _x( 'Owner', 'column', 'email-gateway' );
		} else {
			unset( $columns['author'] );
		}
		$columns['email_gateway_host']      = _x( 'Host', 'column', 'email-gateway' );
		$columns['email_gateway_gateway']   = _x( 'Gateway', 'column', 'email-gateway' );
		$columns['email_gateway_last-test'] = __( 'Last test', 'email-gateway' );
		return $columns;
	}

	/**
	 * Prints the empty cell that the script fills. In the trash there is nothing to ask about.
	 *
	 * @param string $column    Name of the column.
	 * @param int    $server_id Of the row.
	 */
	public function print_cell( string $column, int $server_id ): void {
		if ( 0 !== strpos( $column, 'email_gateway_' ) || ! $this->servers->exists( $server_id ) ) {
			return;
		}
		printf(
			'<span class="email-gateway-cell" data-server-id="%d" data-column="%s"></span>',
			(int) $server_id,
			esc_attr( substr( $column, strlen( 'email_gateway_' ) ) )
		);
	}

	/**
	 * Keeps the rows of other people's servers out of the list, however it is asked for.
	 *
	 * @param WP_Query $query The query of any page.
	 */
	public function show_own_servers_only( WP_Query $query ): void {
		if ( is_admin() && $query->is_main_query() && Own_Servers::POST_TYPE === $query->get( 'post_type' )
			&& ! current_user_can( 'edit_others_email_gateway_servers' ) ) {
			$query->set( 'author', get_current_user_id() );
		}
	}

	/**
	 * Servers are sought by their names; the newest first is for posts.
	 *
	 * @param WP_Query $query The query of any page.
	 */
	public function sort_by_name( WP_Query $query ): void {
		if ( is_admin() && $query->is_main_query() && Own_Servers::POST_TYPE === $query->get( 'post_type' ) && ! $query->get( 'orderby' ) ) {
			$query->set( 'orderby', 'title' );
			$query->set( 'order', 'ASC' );
		}
	}

	/**
	 * The links above the list count everybody's servers, so that owners do not get them.
	 *
	 * @param array $views Links by name.
	 */
	public function leave_out_views_of_others( array $views ): array {
		return current_user_can( 'edit_others_email_gateway_servers' ) ? $views : array();
	}

	/**
	 * Nobody looks for a server by the month it was added.
	 *
	 * @param bool   $disabled  What others decided.
	 * @param string $post_type Of the list.
	 */
	public function leave_out_months( bool $disabled, string $post_type ): bool {
		return $disabled || Own_Servers::POST_TYPE === $post_type;
	}

	/**
	 * Quick Edit speaks of posts: status, date, password.
	 *
	 * @param bool   $enabled   What others decided.
	 * @param string $post_type Of the list.
	 */
	public function leave_out_quick_edit( bool $enabled, string $post_type ): bool {
		return $enabled && Own_Servers::POST_TYPE !== $post_type;
	}

	/**
	 * So does editing many at once.
	 *
	 * @param array $actions Words by name.
	 */
	public function leave_out_bulk_edit( array $actions ): array {
		unset( $actions['edit'] );
		return $actions;
	}
}
