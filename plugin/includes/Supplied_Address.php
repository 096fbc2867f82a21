<?php
/**
 * Where a server is now, for its screen.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Servers;
use WP_REST_Request;
use WP_REST_Response;

/**
 * The screen shows at once what the panel has in its records, and asks here for what its cloud says, which takes longer.
 */
class Supplied_Address {

	/**
	 * Who may do what.
	 *
	 * @var Access
	 */
	private $access;

	/**
	 * The servers of this site.
	 *
	 * @var Servers
	 */
	private $servers;

	/**
	 * Keeps what it asks.
	 *
	 * @param Access  $access  Who may do what.
	 * @param Servers $servers The servers of this site.
	 */
	public function __construct( Access $access, Servers $servers ) {
		$this->access  = $access;
		$this->servers = $servers;
	}

	/**
	 * Action rest_api_init.
	 */
	public function register(): void {
		register_rest_route(
			Rest_Routes::ROUTE_NAMESPACE,
			Rest_Routes::pattern( '/servers/:serverId/address' ),
			Rest_Schema::route(
				'GET /servers/:serverId/address',
				'/servers/:serverId/address',
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'read' ),
					'permission_callback' => function ( WP_REST_Request $request ) {
						return $this->access->may( 'change_connection', array( self::server_id( $request ) ) );
					},
				)
			)
		);
	}

	/**
	 * The address, without a key.
	 *
	 * @param WP_REST_Request $request With the server in its path.
	 */
	public function read( WP_REST_Request $request ): WP_REST_Response {
		return new WP_REST_Response( $this->servers->current_address( self::server_id( $request ) ) );
	}

	/**
	 * The server in the path, not one in the query.
	 *
	 * @param WP_REST_Request $request Any of ours.
	 */
	private static function server_id( WP_REST_Request $request ): int {
		return (int) $request->get_url_params()['serverId'];
	}
}
