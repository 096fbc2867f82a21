<?php
/**
 * Which servers the list shows.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

use Email_Gateway\Actor;
use Email_Gateway\Backend_Client;
use Email_Gateway\Contract;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;
use WP_Post;
use WP_Query;

/**
 * One question to the backend filters, sorts and pages, and brings what the rows show. WordPress says which servers there
 * are for this person. Where the backend does not answer, or its mirror is not whole yet, WordPress's own query stays, by
 * name and owner.
 */
class Fleet_List {

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
	 * What heals the mirror.
	 *
	 * @var Fleet_Mirror
	 */
	private $mirror;

	/**
	 * The answer; null: there is none.
	 *
	 * @var object|null
	 */
	private $answer = null;

	/**
	 * Why what was asked for is not what is shown: silent or not_whole; empty where it is.
	 *
	 * @var string
	 */
	private $missed = '';

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Backend_Client $backend The backend.
	 * @param Fleet_Mirror   $mirror  What heals the mirror.
	 */
	public function __construct( Pairing $pairing, Backend_Client $backend, Fleet_Mirror $mirror ) {
		$this->pairing = $pairing;
		$this->backend = $backend;
		$this->mirror  = $mirror;
	}

	/**
	 * Filter posts_pre_query.
	 *
	 * @param WP_Post[]|int[]|null $posts What others decided.
	 * @param WP_Query             $query Of any page.
	 * @return WP_Post[]|int[]|null Null: WordPress asks its own database.
	 */
	public function find( $posts, WP_Query $query ) {
		if ( null !== $posts || ! self::is_list( $query ) || ! $this->pairing->is_usable() ) {
			return $posts;
		}
		$size   = (int) $query->get( 'posts_per_page' );
		$answer = $this->ask( Fleet_Request::query( (int) $query->get( 'paged' ), $size ) );
		if ( null === $answer ) {
			$this->missed = 'silent';
			return null;
		}
		if ( $answer->all !== Visible_Servers::count_of( $answer ) ) {
			$this->mirror->heal_in( 0 );
			$this->missed = 'not_whole';
			return null;
		}
		$this->answer         = $answer;
		$query->found_posts   = (int) $answer->found;
		$query->max_num_pages = (int) ceil( $answer->found / max( 1, $size ) );
		return $this->posts();
	}

	/**
	 * What was answered: rows by id, and the counts of the contract's fleetPage; null where nothing was.
	 */
	public function answer(): ?object {
		return $this->answer;
	}

	/**
	 * Action admin_footer, when the list was asked for and before its script: what the backend answered, so that it need not
	 * be asked a second time.
	 */
	public function print_rows(): void {
		if ( null !== $this->answer ) {
			$json = wp_json_encode( $this->answer->servers, JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES );
			wp_add_inline_script( 'email-gateway-list', "window.emailGateway.rows = {$json};", 'before' );
		}
	}

	/**
	 * Why the filters could not be kept to: silent or not_whole; empty where they were, or there are none.
	 */
	public function missed(): string {
		return Fleet_Request::needs_backend() ? $this->missed : '';
	}

	/**
	 * The row of a server as the contract's serverSummary; null where it is not known.
	 *
	 * @param int $server_id Of the row.
	 */
	public function row( int $server_id ): ?object {
		return $this->answer->rows[ $server_id ] ?? null;
	}

	/**
	 * Whether a query is that of the list, and not of its trash.
	 *
	 * @param WP_Query $query Of any page.
	 */
	private static function is_list( WP_Query $query ): bool {
		return is_admin() && $query->is_main_query() && Own_Servers::POST_TYPE === $query->get( 'post_type' )
			&& in_array( (string) Fleet_Request::argument( 'post_status' ), array( '', 'all', 'publish' ), true );
	}

	/**
	 * Asks for a page.
	 *
	 * @param array $query As the contract's findServers.
	 */
	private function ask( array $query ): ?object {
		$sees_all = current_user_can( 'edit_others_email_gateway_servers' );
		if ( ! $sees_all ) {
			$own = Visible_Servers::own();
			if ( count( $own ) > Contract::most_within() ) {
				return null;
			}
			$query['within'] = implode( ',', $own );
			unset( $query['owner'] );
		}
		$request = array( 'method' => 'GET', 'path' => '/fleet', 'query' => http_build_query( $query, '', '&', PHP_QUERY_RFC3986 ), 'body' => '' );
		$actor   = Actor::current_user( $sees_all ? array( 'manage_site', 'run_gateway' ) : array( 'run_gateway' ) );
		$answer  = $this->backend->ask( $request, $actor, Backend_Client::SHORT_SECONDS );
		if ( is_wp_error( $answer ) || 200 !== $answer['status'] || ! is_array( $answer['body']->servers ?? null ) ) {
			return null;
		}
		$body       = clone $answer['body'];
		$body->rows = array_column( $body->servers, null, 'serverId' );
		return $body;
	}

	/**
	 * The posts of the answer, in its order.
	 *
	 * @return WP_Post[]
	 */
	private function posts(): array {
		$ids = array_keys( $this->answer->rows );
		_prime_post_caches( $ids, false, true );
		$posts = array_values( array_filter( array_map( 'get_post', $ids ) ) );
		update_post_author_caches( $posts );
		return $posts;
	}
}
