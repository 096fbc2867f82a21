<?php
/**
 * Servers that need somebody.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

use Email_Gateway\Actor;
use Email_Gateway\Backend_Client;
use Email_Gateway\Contract;

/**
 * What the backend last saw of all gateways of the site: for the dashboard, Site Health and its report.
 */
class Trouble {

	/** So many servers are named; the rest is in the list. */
	const MOST = 5;

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * Keeps what it asks.
	 *
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Backend_Client $backend ) {
		$this->backend = $backend;
	}

	/**
	 * The servers in trouble, worst first, with how many there are; null where the backend does not answer.
	 */
	public function ask(): ?object {
		$query  = array( 'trouble' => 'yes', 'sort' => 'state', 'size' => self::MOST );
		$route  = array( 'method' => 'GET', 'path' => '/fleet', 'query' => http_build_query( $query ), 'body' => '' );
		$answer = $this->backend->ask( $route, Actor::current_user( array( 'manage_site', 'run_gateway' ) ), Backend_Client::SHORT_SECONDS );
		$fleet  = is_wp_error( $answer ) || 200 !== $answer['status'] ? null : $answer['body'];
		if ( ! is_array( $fleet->servers ?? null ) || ! is_int( $fleet->trouble ?? null ) || ! is_int( $fleet->withGateway ?? null ) ) {
			return null;
		}
		$fleet->servers = array_values( array_filter( $fleet->servers, array( self::class, 'is_server' ) ) );
		return $fleet;
	}

	/**
	 * Whether the backend says what we show of a server.
	 *
	 * @param mixed $server An entry of its answer.
	 */
	private static function is_server( $server ): bool {
		return is_object( $server ) && is_int( $server->serverId ?? null ) && is_string( $server->state ?? null )
			&& ( null === ( $server->checkedAt ?? null ) || is_string( $server->checkedAt ) );
	}

	/**
	 * How a server is, and when that was seen; empty where a newer backend says what is not known here.
	 *
	 * @param object $server As the contract's serverSummary.
	 */
	public static function words( object $server ): string {
		$word  = Screen_Words::states()[ $server->state ] ?? null;
		$alert = Contract::words()['alerts'][ $server->alert ?? '' ] ?? null;
		$word  = $alert && 'good' === ( $word['tone'] ?? 'good' ) ? $alert : $word;
		$seen  = ! empty( $server->checkedAt ) ? human_time_diff( strtotime( $server->checkedAt ) ) : '';
		if ( ! $word || ! $seen ) {
			return $word ? Screen_Words::translated( $word ) : '';
		}
		$since = is_string( $server->since ?? null ) ? strtotime( $server->since ) : false;
		if ( $since && $alert !== $word ) {
			/* translators: 1: state of a gateway, e.g. Mail is waiting, 2: for example “2 hours”, 3: for example “5 minutes” */
			return sprintf( __( '%1$s, began %2$s ago, seen %3$s ago', 'email-gateway' ), Screen_Words::translated( $word ), human_time_diff( $since ), $seen );
		}
		/* translators: 1: state of a gateway, e.g. Mail is waiting, 2: for example “5 minutes” */
		return sprintf( __( '%1$s, seen %2$s ago', 'email-gateway' ), Screen_Words::translated( $word ), $seen );
	}

	/**
	 * Where all of them are listed.
	 *
	 * @param string $post_type Of the servers of this site.
	 */
	public static function url( string $post_type ): string {
		return add_query_arg( array( 'post_type' => $post_type, Fleet_Request::TROUBLE => 'yes' ), admin_url( 'edit.php' ) );
	}
}
