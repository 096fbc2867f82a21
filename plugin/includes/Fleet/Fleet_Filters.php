<?php
/**
 * The filters above the list of servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

use Email_Gateway\Servers\Own_Servers;

/**
 * State, gateway and owner to choose from, columns to sort by, and what is said where the choice could not be kept to.
 */
class Fleet_Filters {

	/** Owners to choose from; others are searched for by a click on their name in the list. */
	const MOST_OWNERS = 100;

	/**
	 * The list.
	 *
	 * @var Fleet_List
	 */
	private $fleet;

	/**
	 * Keeps the list.
	 *
	 * @param Fleet_List $fleet The list.
	 */
	public function __construct( Fleet_List $fleet ) {
		$this->fleet = $fleet;
	}

	/**
	 * Filter manage_edit-{post type}_sortable_columns.
	 *
	 * @param array $columns By name.
	 */
	public function sortable( array $columns ): array {
		unset( $columns['date'] );
		foreach ( Fleet_Request::SORTS as $column => $sort ) {
			if ( 'title' !== $column ) {
				// by state: what needs somebody first; by test: the newest first
				$columns[ $column ] = array( $column, 'tested' === $sort );
			}
		}
		return $columns;
	}

	/**
	 * Action restrict_manage_posts.
	 *
	 * @param string $post_type Of the list.
	 * @param string $where     top or bottom.
	 */
	public function print_choices( string $post_type, string $where = 'top' ): void {
		if ( Own_Servers::POST_TYPE !== $post_type || 'top' !== $where || 'trash' === Fleet_Request::argument( 'post_status' ) ) {
			return;
		}
		$states = array_map( array( Screen_Words::class, 'translated' ), Screen_Words::states() );
		self::print_select( Fleet_Request::STATE, __( 'Filter by state', 'email-gateway' ), array( '' => __( 'All states', 'email-gateway' ) ) + $states );
		$there = array(
			''    => __( 'With and without gateway', 'email-gateway' ),
			'yes' => __( 'With gateway', 'email-gateway' ),
			'no'  => __( 'Without gateway', 'email-gateway' ),
		);
		self::print_select( Fleet_Request::GATEWAY, __( 'Filter by gateway', 'email-gateway' ), $there );
		if ( current_user_can( 'edit_others_email_gateway_servers' ) ) {
			self::print_select( 'author', __( 'Filter by owner', 'email-gateway' ), array( '' => __( 'All owners', 'email-gateway' ) ) + self::owners() );
		}
		foreach ( array( Fleet_Request::TROUBLE, 'orderby', 'order' ) as $kept ) {
			if ( '' !== Fleet_Request::argument( $kept ) ) {
				printf( '<input type="hidden" name="%s" value="%s">', esc_attr( $kept ), esc_attr( Fleet_Request::argument( $kept ) ) );
			}
		}
	}

	/**
	 * Action admin_notices: where the list is not what was asked for, it says so.
	 */
	public function print_missed(): void {
		$screen = get_current_screen();
		if ( null === $screen || 'edit-' . Own_Servers::POST_TYPE !== $screen->id || '' === $this->fleet->missed() ) {
			return;
		}
		$why = 'silent' === $this->fleet->missed()
			? __( 'The backend does not answer, so the servers are not filtered or sorted by what it knows. Reload the page to try again.', 'email-gateway' )
			: __( 'The backend is still learning the names of your servers, so they are not filtered or sorted by what it knows. Reload the page in a minute.', 'email-gateway' );
		wp_admin_notice( esc_html( $why ), array( 'type' => 'warning' ) );
	}

	/**
	 * Who has servers, by name; also who is chosen now.
	 *
	 * @return array<int, string>
	 */
	private static function owners(): array {
		$fields = array( 'ID', 'display_name' );
		$found  = get_users( array( 'has_published_posts' => array( Own_Servers::POST_TYPE ), 'number' => self::MOST_OWNERS, 'orderby' => 'display_name', 'fields' => $fields ) );
		$owners = array_column( $found, 'display_name', 'ID' );
		$chosen = get_userdata( absint( Fleet_Request::argument( 'author' ) ) );
		return $owners + ( $chosen ? array( $chosen->ID => $chosen->display_name ) : array() );
	}

	/**
	 * Prints a choice with its label.
	 *
	 * @param string                    $name    Of the argument.
	 * @param string                    $label   For who does not see it.
	 * @param array<string|int, string> $options Words by value.
	 */
	private static function print_select( string $name, string $label, array $options ): void {
		printf( '<label for="%1$s" class="screen-reader-text">%2$s</label><select name="%1$s" id="%1$s">', esc_attr( $name ), esc_html( $label ) );
		foreach ( $options as $value => $words ) {
			$is_chosen = Fleet_Request::argument( $name ) === (string) $value;
			printf( '<option value="%s"%s>%s</option>', esc_attr( (string) $value ), selected( $is_chosen, true, false ), esc_html( $words ) );
		}
		echo '</select>';
	}
}
