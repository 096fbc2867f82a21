<?php
/**
 * WordPress's own parts of the edit screen of a server.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use WP_Post;

/**
 * The words of the screen, and boxes that speak of servers instead of posts.
 */
class Server_Screen {

	/**
	 * Words of the empty title field.
	 *
	 * @param string  $hint What WordPress would say.
	 * @param WP_Post $post The post being edited.
	 */
	public function title_hint( string $hint, WP_Post $post ): string {
		return Own_Servers::POST_TYPE === $post->post_type ? __( 'Name of the server', 'email-gateway' ) : $hint;
	}

	/**
	 * What WordPress says after a server was saved; it would speak of posts.
	 *
	 * @param array $messages Messages by post type and number.
	 */
	public function messages( array $messages ): array {
		$saved = __( 'Name and owner saved.', 'email-gateway' );

		$messages[ Own_Servers::POST_TYPE ] = array( 6 => __( 'Server added.', 'email-gateway' ) ) + array_fill( 1, 10, $saved );
		return $messages;
	}

	/**
	 * Filter wp_insert_post_data: a server without a name could not be told from others, nor opened from the list.
	 *
	 * @param array $data    What is about to be saved.
	 * @param array $changed With the id of a post that was there before.
	 */
	public function name_nameless( array $data, array $changed ): array {
		$is_server = Own_Servers::POST_TYPE === $data['post_type'] && 'auto-draft' !== $data['post_status'];
		if ( $is_server && '' === trim( $data['post_title'] ) && ! empty( $changed['ID'] ) ) {
			/* translators: %d: number of the server */
			$data['post_title'] = sprintf( __( 'Server %d', 'email-gateway' ), $changed['ID'] );
		}
		return $data;
	}

	/**
	 * Filter show_post_locked_dialog. Two people may look at one server: what they do is queued by the backend, so
	 * that WordPress need not keep one of them out.
	 *
	 * @param bool    $show Whether a dialog would cover the screen.
	 * @param WP_Post $post The post being edited.
	 */
	public function never_lock_out( bool $show, WP_Post $post ): bool {
		return Own_Servers::POST_TYPE === $post->post_type ? false : $show;
	}

	/**
	 * The author box lists users by a stored capability. Ours is decided as it is asked for, so that the box would be
	 * empty: it offers every user instead.
	 *
	 * @param array $query  Arguments of the user query.
	 * @param array $parsed Arguments of the drop-down.
	 */
	public function offer_every_user_as_owner( array $query, array $parsed ): array {
		$type = get_post_type_object( Own_Servers::POST_TYPE );
		if ( $type && array( $type->cap->edit_posts ) === ( $parsed['capability'] ?? null ) ) {
			unset( $query['capability'] );
		}
		return $query;
	}

	/**
	 * Action add_meta_boxes_{post type}. WordPress's box for publishing speaks of visibility and dates, which a server
	 * has not; its box for the author calls the owner so.
	 *
	 * @param WP_Post $post The server.
	 */
	public function replace_boxes( WP_Post $post ): void {
		foreach ( array( 'submitdiv' => 'side', 'authordiv' => 'normal', 'slugdiv' => 'normal' ) as $box => $place ) {
			remove_meta_box( $box, $post->post_type, $place );
		}
		add_meta_box( 'email-gateway-save', _x( 'Server', 'box', 'email-gateway' ), array( $this, 'render_save_box' ), $post->post_type, 'side', 'high' );
		if ( current_user_can( 'edit_others_email_gateway_servers' ) ) {
			add_meta_box( 'email-gateway-owner', _x( 'Owner', 'label of a field', 'email-gateway' ), 'post_author_meta_box', $post->post_type, 'side', 'high' );
		}
	}

	/**
	 * Prints the box that saves the server's name and owner. A saved server is always a published post.
	 *
	 * @param WP_Post $post The server.
	 */
	public function render_save_box( WP_Post $post ): void {
		echo '<div class="submitbox" id="submitpost"><div id="major-publishing-actions">';
		if ( 'auto-draft' !== $post->post_status && current_user_can( 'delete_post', $post->ID ) ) {
			printf(
				'<div id="delete-action"><a class="submitdelete deletion" href="%s">%s</a></div>',
				esc_url( (string) get_delete_post_link( $post->ID ) ),
				esc_html( EMPTY_TRASH_DAYS ? __( 'Move to Trash', 'email-gateway' ) : __( 'Delete permanently', 'email-gateway' ) )
			);
		}
		echo '<div id="publishing-action"><span class="spinner"></span>';
		// As WordPress's own: by this name it tells adding from saving; its script knows the button by its id.
		$name = 'auto-draft' === $post->post_status ? 'publish' : 'save';
		submit_button( self::save_words( $post ), 'primary large', $name, false, array( 'id' => 'publish' ) );
		echo '</div><div class="clear"></div></div></div>';
	}

	/**
	 * What the button saves: never more than it says.
	 *
	 * @param WP_Post $post The server.
	 */
	private static function save_words( WP_Post $post ): string {
		if ( 'auto-draft' === $post->post_status ) {
			return __( 'Add Server', 'email-gateway' );
		}
		return current_user_can( 'edit_others_email_gateway_servers' )
			? __( 'Save Name and Owner', 'email-gateway' )
			: __( 'Save Name', 'email-gateway' );
	}
}
