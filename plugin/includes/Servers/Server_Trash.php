<?php
/**
 * The trash, and what is left on the servers behind it.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Actor;
use Email_Gateway\Backend_Client;
use Email_Gateway\Pairing;
use WP_Post;

/**
 * A server whose gateway is still installed is neither moved to the trash nor deleted, by a person, by a command, or by
 * WordPress's own clean-up of the trash after 30 days: the gateway would go on with its credentials, and there would be
 * no screen left to remove it from. Remove it first; for a machine that is gone there is Forget This Server.
 */
class Server_Trash {

	/** In the address: ids of servers that stayed. */
	const KEPT = 'email_gateway_kept';
	/** In the address: nothing was known of their gateways. */
	const UNKNOWN = 'email_gateway_unknown';
	/** In the address: the person was told so, and wants it anyway. */
	const ANYWAY = 'email_gateway_anyway';
	/** As many as the backend tells of in one answer. */
	const AT_ONCE        = 100;
	const SPARED_SECONDS = 60;

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * Until when a silent backend is not asked again, seconds since the epoch: many may be deleted at once.
	 *
	 * @var int
	 */
	private $spared_until = 0;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Pairing $pairing, Backend_Client $backend ) {
		$this->pairing = $pairing;
		$this->backend = $backend;
	}

	/**
	 * Filters pre_trash_post and pre_delete_post: false stops it. A silent backend keeps no person from it (the screens
	 * ask before); the clean-up tries again the next day.
	 *
	 * @param mixed $decided Null where no other plugin has decided.
	 * @param mixed $post    Of any type.
	 * @return mixed
	 */
	public function keep( $decided, $post ) {
		if ( null !== $decided || ! $post instanceof WP_Post || ! self::is_server( $post->ID ) ) {
			return $decided;
		}
		$with_gateway = $this->with_gateway( array( $post->ID ) );
		return ( null === $with_gateway ? wp_doing_cron() : array() !== $with_gateway ) ? false : null;
	}

	/**
	 * Action load-post.php: Move to Trash of one server. WordPress itself would say "Error in moving the item".
	 */
	public function before_one(): void {
		$request = wp_unslash( $_REQUEST ); // phpcs:ignore WordPress.Security.NonceVerification -- only read: WordPress checks it before it acts.
		if ( ! in_array( $request['action'] ?? '', array( 'trash', 'delete' ), true ) ) {
			return;
		}
		$kept = $this->kept( array( (int) ( $request['post'] ?? 0 ) ), isset( $request[ self::ANYWAY ] ) );
		if ( $kept ) {
			wp_safe_redirect( add_query_arg( $kept, admin_url( 'edit.php?post_type=' . Own_Servers::POST_TYPE ) ) );
			exit;
		}
	}

	/**
	 * Action load-edit.php: the bulk actions, and Empty Trash. What stays is taken out of the request, so that the
	 * others go; WordPress itself would stop with an error in the middle.
	 */
	public function before_many(): void {
		// phpcs:disable WordPress.Security.NonceVerification -- only read: WordPress checks it before it acts.
		$empties = isset( $_REQUEST['delete_all'] ) || isset( $_REQUEST['delete_all2'] );
		$pressed = array( $_REQUEST['action'] ?? '', $_REQUEST['action2'] ?? '' );
		if ( Own_Servers::POST_TYPE !== ( $_REQUEST['post_type'] ?? '' )
			|| ( ! $empties && array() === array_intersect( $pressed, array( 'trash', 'delete' ) ) ) ) {
			return;
		}
		$asked = $empties ? self::in_trash() : array_map( 'intval', (array) ( $_REQUEST['post'] ?? array() ) );
		$kept  = $this->kept( $asked, false );
		if ( ! $kept ) {
			return;
		}
		unset( $_REQUEST['delete_all'], $_REQUEST['delete_all2'] );
		if ( $empties ) {
			$_REQUEST['action'] = 'delete';
		}
		$_REQUEST['post'] = array_diff( $asked, array_map( 'intval', explode( ',', $kept[ self::KEPT ] ) ) );
		// phpcs:enable
		add_filter(
			'wp_redirect',
			static function ( string $location ) use ( $kept ): string {
				return add_query_arg( $kept, $location );
			}
		);
	}

	/**
	 * Action admin_notices: which servers stayed, why, and what to do.
	 */
	public function print_notice(): void {
		$query = wp_unslash( $_GET ); // phpcs:ignore WordPress.Security.NonceVerification -- only read.
		$ids   = array_map( 'intval', explode( ',', is_string( $query[ self::KEPT ] ?? null ) ? $query[ self::KEPT ] : '' ) );
		$ids   = array_filter(
			$ids,
			static function ( int $id ): bool {
				return self::is_server( $id ) && current_user_can( 'delete_post', $id );
			}
		);
		if ( ! $ids ) {
			return;
		}
		$unknown = isset( $query[ self::UNKNOWN ] );
		$words   = $unknown
			? __( 'The servers below were kept: the backend does not answer, so it is not known whether a gateway with its credentials is still on them.', 'email-gateway' )
			: __( 'The servers below were kept: Email Gateway is still installed on them, with its credentials. Open each one and press Remove Email Gateway first; if the machine no longer exists, press Forget This Server.', 'email-gateway' );
		printf( '<div class="notice notice-warning"><p>%s</p><ul class="ul-disc">', esc_html( $words ) );
		foreach ( $ids as $id ) {
			echo '<li>' . wp_kses_post( self::name_with_link( $id ) . ( $unknown ? ' ' . self::anyway_link( $id ) : '' ) ) . '</li>';
		}
		echo '</ul></div>';
	}

	/**
	 * Filter wp_untrash_post_status: a server that comes back from the trash is a server again, not a draft.
	 *
	 * @param string $status  What WordPress would give it.
	 * @param int    $post_id Of any post.
	 */
	public function restored_status( $status, $post_id ) {
		return Own_Servers::POST_TYPE === get_post_type( (int) $post_id ) ? 'publish' : $status;
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
	 * What stays of some servers, as arguments for an address; none where all may go.
	 *
	 * @param int[] $asked  Ids of any posts.
	 * @param bool  $anyway The person knows that nothing is known.
	 * @return array<string, string>
	 */
	private function kept( array $asked, bool $anyway ): array {
		$servers      = array_values( array_filter( $asked, array( self::class, 'is_server' ) ) );
		$with_gateway = $this->with_gateway( $servers );
		if ( null === $with_gateway ) {
			return $anyway ? array() : array( self::KEPT => implode( ',', $servers ), self::UNKNOWN => '1' );
		}
		return $with_gateway ? array( self::KEPT => implode( ',', $with_gateway ) ) : array();
	}

	/**
	 * Which of some servers have a gateway that would stay behind.
	 *
	 * @param int[] $servers Ids.
	 * @return int[]|null Null where the backend does not tell.
	 */
	private function with_gateway( array $servers ): ?array {
		if ( ! $servers || ! $this->pairing->is_usable() ) {
			return array();
		}
		$found = array();
		foreach ( array_chunk( $servers, self::AT_ONCE ) as $some ) {
			if ( time() < $this->spared_until ) {
				return null;
			}
			$request = array(
				'method' => 'GET',
				'path'   => '/servers',
				'query'  => 'ids=' . rawurlencode( implode( ',', $some ) ),
				'body'   => '',
			);
			// WordPress let this person, or its own clean-up, delete them: that is enough to ask.
			$answer = $this->backend->ask( $request, Actor::current_user( array( 'run_gateway' ) ) );
			if ( is_wp_error( $answer ) || 200 !== $answer['status'] || ! is_array( $answer['body']->servers ?? null ) ) {
				$this->spared_until = time() + ( is_wp_error( $answer ) ? self::SPARED_SECONDS : 0 );
				return null;
			}
			foreach ( $answer['body']->servers as $server ) {
				if ( true === ( $server->hasGateway ?? null ) ) { // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- the contract's name.
					$found[] = (int) $server->serverId; // phpcs:ignore WordPress.NamingConventions.ValidVariableName
				}
			}
		}
		return array_values( array_intersect( $servers, $found ) );
	}

	/**
	 * Whether a post is a server that was saved once; one in the trash is one, too.
	 *
	 * @param int $id Of any post.
	 */
	private static function is_server( int $id ): bool {
		return $id > 0 && Own_Servers::POST_TYPE === get_post_type( $id ) && 'auto-draft' !== get_post_status( $id );
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
		$link    = add_query_arg( self::ANYWAY, '1', (string) get_delete_post_link( $id, '', $deletes ) );
		$words   = $deletes ? __( 'Delete Anyway', 'email-gateway' ) : __( 'Move to Trash Anyway', 'email-gateway' );
		return sprintf( '— <a class="submitdelete" href="%s">%s</a>', esc_url( $link ), esc_html( $words ) );
	}
}
