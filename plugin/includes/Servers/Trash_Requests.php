<?php
/**
 * Requests of wp-admin to trash or delete servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

/**
 * Takes what stays out of a request before WordPress acts on it, which would stop with an error in the middle, and has
 * the list say which stayed, why, and what to do.
 */
class Trash_Requests {

	/** In the address: ids of servers that stayed. */
	const KEPT = 'email_gateway_kept';
	/** In the address: nothing was known of their gateways. */
	const UNKNOWN = 'email_gateway_unknown';
	/** In the address: the person was told so, and wants it anyway. */
	const ANYWAY = 'email_gateway_anyway';

	/**
	 * Gateways that would stay behind.
	 *
	 * @var Left_Gateways
	 */
	private $left;

	/**
	 * Keeps what it asks.
	 *
	 * @param Left_Gateways $left Gateways that would stay behind.
	 */
	public function __construct( Left_Gateways $left ) {
		$this->left = $left;
	}

	/**
	 * Action load-post.php: Move to Trash of one server. A link that WordPress would refuse asks nothing here.
	 */
	public function before_one(): void {
		$action = sanitize_key( wp_unslash( $_REQUEST['action'] ?? '' ) );
		$id     = absint( wp_unslash( $_REQUEST['post'] ?? 0 ) );
		$nonce  = sanitize_key( wp_unslash( $_REQUEST['_wpnonce'] ?? '' ) );
		if ( ! in_array( $action, array( 'trash', 'delete' ), true ) || ! wp_verify_nonce( $nonce, "{$action}-post_{$id}" ) ) {
			return;
		}
		$kept = $this->kept( array( $id ), isset( $_REQUEST[ self::ANYWAY ] ) );
		if ( $kept ) {
			wp_safe_redirect( add_query_arg( $kept, admin_url( 'edit.php?post_type=' . Own_Servers::POST_TYPE ) ) );
			exit;
		}
	}

	/**
	 * Action load-edit.php: the bulk actions, and Empty Trash.
	 */
	public function before_many(): void {
		$nonce = sanitize_key( wp_unslash( $_REQUEST['_wpnonce'] ?? '' ) );
		if ( ! wp_verify_nonce( $nonce, 'bulk-posts' ) || Own_Servers::POST_TYPE !== sanitize_key( wp_unslash( $_REQUEST['post_type'] ?? '' ) ) ) {
			return;
		}
		$empties = isset( $_REQUEST['delete_all'] ) || isset( $_REQUEST['delete_all2'] );
		$pressed = array( sanitize_key( wp_unslash( $_REQUEST['action'] ?? '' ) ), sanitize_key( wp_unslash( $_REQUEST['action2'] ?? '' ) ) );
		if ( ! $empties && array() === array_intersect( $pressed, array( 'trash', 'delete' ) ) ) {
			return;
		}
		$asked = $empties ? self::in_trash() : array_map( 'absint', (array) wp_unslash( $_REQUEST['post'] ?? array() ) );
		$kept  = $this->kept( $asked, false );
		if ( ! $kept ) {
			return;
		}
		unset( $_REQUEST['delete_all'], $_REQUEST['delete_all2'] );
		if ( $empties ) {
			$_REQUEST['action'] = 'delete';
		}
		$_REQUEST['post'] = array_diff( $asked, array_map( 'intval', explode( ',', $kept[ self::KEPT ] ) ) );
		add_filter(
			'wp_redirect',
			static function ( string $location ) use ( $kept ): string {
				return add_query_arg( $kept, $location );
			}
		);
	}

	/**
	 * What stays of some servers, as arguments for an address; none where all may go.
	 *
	 * @param int[] $asked  Ids of any posts.
	 * @param bool  $anyway The person knows that nothing is known.
	 * @return array<string, string>
	 */
	private function kept( array $asked, bool $anyway ): array {
		$servers      = array_values( array_filter( $asked, array( Server_Trash::class, 'is_server' ) ) );
		$with_gateway = $this->left->on( $servers );
		if ( null === $with_gateway ) {
			return $anyway ? array() : array( self::KEPT => implode( ',', $servers ), self::UNKNOWN => '1' );
		}
		return $with_gateway ? array( self::KEPT => implode( ',', $with_gateway ) ) : array();
	}

	/**
	 * Servers in the trash.
	 *
	 * @return int[]
	 */
	private static function in_trash(): array {
		$query = array( 'post_type' => Own_Servers::POST_TYPE, 'post_status' => 'trash', 'posts_per_page' => -1, 'fields' => 'ids' );
		return array_map( 'intval', get_posts( $query ) );
	}
}
