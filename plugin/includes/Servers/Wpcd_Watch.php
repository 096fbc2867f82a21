<?php
/**
 * Servers of WPCloudDeploy are watched, too.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Actor;
use Email_Gateway\Backend_Client;

/**
 * Lends the backend, every five minutes, what reaches the servers with a gateway. The backend keeps no key of
 * WPCloudDeploy: it uses what is lent for some minutes and deletes it.
 */
class Wpcd_Watch {

	const EVENT    = 'email_gateway_lend_connections';
	const SCHEDULE = 'email_gateway_five_minutes';
	/** As many as the contract's listServers takes. */
	const AT_ONCE = 100;
	/** Seconds after which one run ends; the next one goes on with the servers that were left. */
	const LONGEST = 20;
	/** The last server that a run came to, where it did not come to all. */
	const OPTION = 'email_gateway_lent_up_to';

	/**
	 * The servers.
	 *
	 * @var Wpcd_Servers
	 */
	private $servers;

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * Keeps what it asks.
	 *
	 * @param Wpcd_Servers   $servers The servers.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Wpcd_Servers $servers, Backend_Client $backend ) {
		$this->servers = $servers;
		$this->backend = $backend;
	}

	/**
	 * Filter cron_schedules: WordPress knows none that is short enough.
	 *
	 * @param array $schedules By name.
	 */
	public function add_schedule( array $schedules ): array {
		$schedules[ self::SCHEDULE ] = array( 'interval' => 5 * MINUTE_IN_SECONDS, 'display' => __( 'Every five minutes', 'email-gateway' ) );
		return $schedules;
	}

	/**
	 * Has it done regularly. Where the site is not paired there is nobody to lend to, which costs nothing to find out.
	 */
	public function schedule(): void {
		if ( ! wp_next_scheduled( self::EVENT ) ) {
			wp_schedule_event( time(), self::SCHEDULE, self::EVENT );
		}
	}

	/**
	 * Action of the event.
	 */
	public function lend(): void {
		$give_up_at = microtime( true ) + self::LONGEST;
		foreach ( array_chunk( $this->in_turn(), self::AT_ONCE ) as $ids ) {
			foreach ( $this->with_gateway( $ids ) as $id ) {
				$connection = $this->servers->connection( $id, false );
				$answer     = is_wp_error( $connection ) ? null : $this->ask( 'POST', "/servers/{$id}/connection/lend", '', '{}', $connection );
				if ( is_wp_error( $answer ) || microtime( true ) > $give_up_at ) {
					update_option( self::OPTION, $id, false );
					return;
				}
			}
		}
		delete_option( self::OPTION );
	}

	/**
	 * All servers, those first that the last run did not come to.
	 *
	 * @return int[]
	 */
	private function in_turn(): array {
		$ids   = get_posts(
			array(
				'post_type'      => Wpcd_Servers::POST_TYPE,
				'post_status'    => array( 'private', 'publish' ),
				'posts_per_page' => -1,
				'fields'         => 'ids',
				'orderby'        => 'ID',
				'order'          => 'ASC',
			)
		);
		$up_to = (int) get_option( self::OPTION, 0 );
		$later = array_filter( $ids, fn( $id ) => $id <= $up_to );
		return array_merge( array_diff( $ids, $later ), $later );
	}

	/**
	 * Those of them on which the backend knows a gateway.
	 *
	 * @param int[] $ids At most 100.
	 * @return int[]
	 */
	private function with_gateway( array $ids ): array {
		$answer = $this->ask( 'GET', '/servers', 'ids=' . implode( ',', $ids ), '', null );
		if ( is_wp_error( $answer ) || 200 !== $answer['status'] ) {
			return array();
		}
		$with = array_filter( (array) ( $answer['body']->servers ?? array() ), fn( $server ) => ! empty( $server->hasGateway ) );
		return array_values( array_intersect( array_map( fn( $server ) => (int) $server->serverId, $with ), $ids ) );
	}

	/**
	 * Asks the backend in WordPress's own name.
	 *
	 * @param string     $method     HTTP method.
	 * @param string     $path       Below /v1.
	 * @param string     $query      Query string.
	 * @param string     $body       JSON; empty for GET.
	 * @param array|null $connection As the contract's suppliedConnection.
	 * @return array|\WP_Error
	 */
	private function ask( string $method, string $path, string $query, string $body, ?array $connection ) {
		$request = array(
			'method'     => $method,
			'path'       => $path,
			'query'      => $query,
			'body'       => $body,
			'connection' => $connection,
		);
		return $this->backend->ask( $request, Actor::wordpress( array( 'run_gateway' ) ) );
	}
}
