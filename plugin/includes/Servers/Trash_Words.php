<?php
/**
 * What wp-admin says of servers that were trashed, deleted or kept.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

/**
 * The notice above the list, and WordPress's own sentences, about servers.
 */
class Trash_Words {

	/**
	 * Action admin_notices: which servers stayed, why, and what to do.
	 */
	public function print_notice(): void {
		// phpcs:disable WordPress.Security.NonceVerification -- what the address says is only shown, to who may delete these.
		$kept    = sanitize_text_field( wp_unslash( $_GET[ Trash_Requests::KEPT ] ?? '' ) );
		$unknown = isset( $_GET[ Trash_Requests::UNKNOWN ] );
		// phpcs:enable
		$ids = array_filter(
			wp_parse_id_list( $kept ),
			static function ( int $id ): bool {
				return Server_Trash::is_server( $id ) && current_user_can( 'delete_post', $id );
			}
		);
		if ( ! $ids ) {
			return;
		}
		$words = $unknown
			? __( 'The servers below were kept: the backend does not answer, so it is not known whether a gateway with its credentials is still on them.', 'email-gateway' )
			: __( 'The servers below were kept: Email Gateway is still installed on them, with its credentials. Open each one and press Remove Email Gateway first; if the machine no longer exists, press Forget This Server.', 'email-gateway' );
		printf( '<div class="notice notice-warning"><p>%s</p><ul class="ul-disc">', esc_html( $words ) );
		foreach ( $ids as $id ) {
			echo '<li>' . wp_kses_post( self::name_with_link( $id ) . ( $unknown ? ' ' . self::anyway_link( $id ) : '' ) ) . '</li>';
		}
		echo '</ul></div>';
	}

	/**
	 * Filter bulk_post_updated_messages: servers, not posts.
	 *
	 * @param array $messages By post type and name.
	 * @param array $counts   By the same names.
	 */
	public function bulk_messages( $messages, $counts ) {
		$messages[ Own_Servers::POST_TYPE ] = array(
			/* translators: %s: number of servers */
			'updated'   => _n( '%s server saved.', '%s servers saved.', (int) $counts['updated'], 'email-gateway' ),
			/* translators: %s: number of servers */
			'locked'    => _n( '%s server not saved: another person is editing it.', '%s servers not saved: another person is editing them.', (int) $counts['locked'], 'email-gateway' ),
			/* translators: %s: number of servers */
			'deleted'   => _n( '%s server deleted, with its connection, settings and saved passwords.', '%s servers deleted, with their connections, settings and saved passwords.', (int) $counts['deleted'], 'email-gateway' ),
			/* translators: %s: number of servers */
			'trashed'   => _n( '%s server moved to the Trash.', '%s servers moved to the Trash.', (int) $counts['trashed'], 'email-gateway' ),
			/* translators: %s: number of servers */
			'untrashed' => _n( '%s server restored from the Trash.', '%s servers restored from the Trash.', (int) $counts['untrashed'], 'email-gateway' ),
		);
		return $messages;
	}

	/**
	 * A server's name, leading to where its gateway can be removed: one in the trash has to be restored for that.
	 *
	 * @param int $id Of a server.
	 * @return string HTML.
	 */
	private static function name_with_link( int $id ): string {
		$name = esc_html( get_the_title( $id ) );
		if ( 'trash' !== get_post_status( $id ) ) {
			return sprintf( '<a href="%s">%s</a>', esc_url( (string) get_edit_post_link( $id, 'raw' ) ), $name );
		}
		$restore = wp_nonce_url( admin_url( "post.php?post={$id}&action=untrash" ), "untrash-post_{$id}" );
		return sprintf( '%s (<a href="%s">%s</a>)', $name, esc_url( $restore ), esc_html__( 'Restore it first', 'email-gateway' ) );
	}

	/**
	 * The same again for one server, now that the person knows.
	 *
	 * @param int $id Of a server.
	 * @return string HTML.
	 */
	private static function anyway_link( int $id ): string {
		$deletes = 'trash' === get_post_status( $id ) || ! EMPTY_TRASH_DAYS;
		$link    = add_query_arg( Trash_Requests::ANYWAY, '1', (string) get_delete_post_link( $id, '', $deletes ) );
		$words   = $deletes ? __( 'Delete Anyway', 'email-gateway' ) : __( 'Move to Trash Anyway', 'email-gateway' );
		return sprintf( '— <a class="submitdelete" href="%s">%s</a>', esc_url( $link ), esc_html( $words ) );
	}
}
