<?php
/**
 * The list of servers in wp-admin.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Fleet\Fleet_List;
use Email_Gateway\Fleet\Screen_Words;
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
	 * What the backend knows of the rows.
	 *
	 * @var Fleet_List
	 */
	private $fleet;

	/**
	 * Keeps what it asks.
	 *
	 * @param Servers    $servers The servers of this site.
	 * @param Fleet_List $fleet   What the backend knows of the rows.
	 */
	public function __construct( Servers $servers, Fleet_List $fleet ) {
		$this->servers = $servers;
		$this->fleet   = $fleet;
	}

	/**
	 * Filter of the columns: Host, Gateway, Last test and Last 24 hours. The date would call a server “Published”.
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
		$columns['email_gateway_day']       = __( 'Last 24 hours', 'email-gateway' );
		return $columns;
	}

	/**
	 * Prints the cell, as far as the backend has answered; the script fills it otherwise, and says how long ago times are.
	 * In the trash there is nothing to ask about.
	 *
	 * @param string $column    Name of the column.
	 * @param int    $server_id Of the row.
	 */
	public function print_cell( string $column, int $server_id ): void {
		if ( 0 !== strpos( $column, 'email_gateway_' ) || ! $this->servers->exists( $server_id ) ) {
			return;
		}
		$name = substr( $column, strlen( 'email_gateway_' ) );
		$row  = $this->fleet->row( $server_id );
		printf(
			'<span class="email-gateway-cell" data-server-id="%d" data-column="%s">%s</span>',
			(int) $server_id,
			esc_attr( $name ),
			null === $row ? '' : self::cell( $name, $row ) // phpcs:ignore WordPress.Security.EscapeOutput -- escaped there.
		);
	}

	/**
	 * What stands in a cell.
	 *
	 * @param string $name host, gateway, last-test or day, which only the script draws.
	 * @param object $row  As the contract's serverSummary.
	 * @return string HTML.
	 */
	private static function cell( string $name, object $row ): string {
		if ( 'host' === $name ) {
			return esc_html( $row->host ?? '—' );
		}
		if ( 'gateway' === $name ) {
			$sandbox = empty( $row->sandbox ) ? '' : ' ' . Screen_Words::pill( 'marks', 'sandbox' );
			$backup  = empty( $row->backup ) ? '' : ' ' . Screen_Words::pill( 'marks', 'backup' );
			$alert   = empty( $row->alert ) ? '' : ' ' . Screen_Words::pill( 'alerts', (string) $row->alert );
			return Screen_Words::pill( 'states', (string) $row->state ) . $sandbox . $backup . $alert . self::time( $row->checkedAt ) . self::began( $row->since ?? null );
		}
		if ( 'day' === $name ) {
			return '';
		}
		return null === $row->lastTest ? '—' : Screen_Words::pill( 'outcomes', (string) $row->lastTest->outcome ) . self::time( $row->lastTest->at );
	}

	/**
	 * Since when there is trouble, on a line of its own.
	 *
	 * @param mixed $at ISO time, or null.
	 */
	private static function began( $at ): string {
		$seconds = is_string( $at ) ? strtotime( $at ) : false;
		/* translators: %s: for example "2 hours" */
		return false === $seconds ? '' : '<div>' . esc_html( sprintf( __( 'Began %s ago.', 'email-gateway' ), human_time_diff( $seconds ) ) ) . '</div>';
	}

	/**
	 * When something was, until the script says how long ago that is.
	 *
	 * @param string|null $at ISO time.
	 */
	private static function time( ?string $at ): string {
		$seconds = null === $at ? false : strtotime( $at );
		return false === $seconds ? '' : sprintf( ' <time datetime="%s">%s</time>', esc_attr( $at ), esc_html( wp_date( get_option( 'date_format' ), $seconds ) ) );
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
