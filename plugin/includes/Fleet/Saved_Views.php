<?php
/**
 * Views of the list that a person saved.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

use Email_Gateway\Servers\Own_Servers;

/**
 * A name, and what was filtered and sorted by: kept with the person, for this site. What a view shows is decided when it is
 * opened.
 */
class Saved_Views {

	const META        = 'email_gateway_views';
	const ACTION      = 'email_gateway_views';
	const MOST        = 20;
	const LONGEST     = 60;
	const OPENED_FROM = 'email_gateway_view';

	/**
	 * The current user's views.
	 *
	 * @return array<string, array<string, string>> Arguments of the address, by name.
	 */
	public static function all(): array {
		$kept = get_user_option( self::META );
		return is_array( $kept ) ? $kept : array();
	}

	/**
	 * Where a view, or the list, is.
	 *
	 * @param array<string, string> $view Arguments.
	 */
	public static function url( array $view = array() ): string {
		return add_query_arg( array_map( 'rawurlencode', $view ), admin_url( 'edit.php?post_type=' . Own_Servers::POST_TYPE ) );
	}

	/**
	 * Action manage_posts_extra_tablenav: Save View, where something is chosen that is not a view yet.
	 *
	 * @param string $where top or bottom.
	 */
	public function print_form( string $where ): void {
		$screen = get_current_screen();
		$view   = Fleet_Request::view();
		if ( 'top' !== $where || null === $screen || 'edit-' . Own_Servers::POST_TYPE !== $screen->id || array() === $view ) {
			return;
		}
		$nonce = wp_create_nonce( self::ACTION );
		$saved = array_search( $view, self::all(), true );
		if ( false !== $saved ) {
			/* translators: %s: name of a view of the list */
			$words = sprintf( __( 'Delete View “%s”', 'email-gateway' ), $saved );
			$query = array( 'action' => self::ACTION, 'delete' => (string) $saved, '_wpnonce' => $nonce );
			$url   = add_query_arg( array_map( 'rawurlencode', $query ), admin_url( 'admin-post.php' ) );
			printf( '<div class="alignleft actions"><a class="button" href="%s">%s</a></div>', esc_url( $url ), esc_html( $words ) );
			return;
		}
		// The table lies in a form of its own, and forms do not nest: these belong to the one in print_own_form().
		printf(
			'<div class="alignleft actions"><label for="email-gateway-view-name" class="screen-reader-text">%1$s</label>
			<input type="text" id="email-gateway-view-name" form="email-gateway-view" name="name" maxlength="%2$d" placeholder="%1$s" required>
			<button class="button" form="email-gateway-view">%3$s</button></div>',
			esc_html__( 'Name of the view', 'email-gateway' ),
			(int) self::LONGEST,
			esc_html__( 'Save View', 'email-gateway' )
		);
	}

	/**
	 * Action admin_footer-edit.php: the form of Save View.
	 */
	public function print_own_form(): void {
		if ( Own_Servers::POST_TYPE !== Fleet_Request::argument( 'post_type' ) ) {
			return;
		}
		printf( '<form id="email-gateway-view" method="post" action="%s">', esc_url( admin_url( 'admin-post.php' ) ) );
		foreach ( array( 'action' => self::ACTION, '_wpnonce' => wp_create_nonce( self::ACTION ) ) as $name => $value ) {
			printf( '<input type="hidden" name="%s" value="%s">', esc_attr( $name ), esc_attr( $value ) );
		}
		foreach ( Fleet_Request::view() as $name => $value ) {
			printf( '<input type="hidden" name="view[%s]" value="%s">', esc_attr( $name ), esc_attr( $value ) );
		}
		echo '</form>';
	}

	/**
	 * Action admin_post_{action}: saves or deletes a view, and leads to it or back to the list.
	 */
	public function change(): void {
		check_admin_referer( self::ACTION );
		if ( ! current_user_can( 'edit_email_gateway_servers' ) ) {
			wp_die( '', '', array( 'response' => 403 ) );
		}
		$views = self::all();
		$gone  = sanitize_text_field( wp_unslash( $_REQUEST['delete'] ?? '' ) );
		$name  = mb_substr( sanitize_text_field( wp_unslash( $_POST['name'] ?? '' ) ), 0, self::LONGEST );
		$view  = array_map( 'sanitize_text_field', array_filter( (array) wp_unslash( $_POST['view'] ?? array() ), 'is_string' ) );
		$view  = array_filter( array_intersect_key( $view, array_flip( Fleet_Request::OF_A_VIEW ) ), 'strlen' );
		unset( $views[ $gone ] );
		if ( '' !== $name && array() !== $view ) {
			unset( $views[ $name ] );
			$views = array_slice( $views, -( self::MOST - 1 ), null, true );
			// what consists of digits alone would become a number, and another name in the next slice
			$views[ ctype_digit( $name ) ? "{$name}." : $name ] = $view;
		}
		update_user_option( get_current_user_id(), self::META, $views );
		wp_safe_redirect( self::url( '' === $gone ? $view : array() ) );
		exit;
	}
}
