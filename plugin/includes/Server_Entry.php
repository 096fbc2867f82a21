<?php
/**
 * The name of a server and the way to its screen.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_REST_Request;
use WP_REST_Response;

/**
 * The backend knows servers by their number only; a screen that tells of another server names it and leads there.
 */
class Server_Entry {

	/**
	 * Who may do what.
	 *
	 * @var Access
	 */
	private $access;

	/**
	 * Keeps what it asks.
	 *
	 * @param Access $access Who may do what.
	 */
	public function __construct( Access $access ) {
		$this->access = $access;
	}

	/**
	 * Action rest_api_init.
	 */
	public function register(): void {
		register_rest_route(
			Rest_Routes::ROUTE_NAMESPACE,
			Rest_Routes::pattern( '/servers/:serverId/entry' ),
			Rest_Schema::route(
				'GET /servers/:serverId/entry',
				'/servers/:serverId/entry',
				array(
					'methods'             => 'GET',
					'callback'            => array( $this, 'read' ),
					'permission_callback' => function ( WP_REST_Request $request ) {
						return $this->access->may( 'run_gateway', array( self::server_id( $request ) ) );
					},
				)
			)
		);
	}

	/**
	 * Its name as it was typed, and the address of its screen.
	 *
	 * @param WP_REST_Request $request With the server in its path.
	 */
	public function read( WP_REST_Request $request ): WP_REST_Response {
		$server_id = self::server_id( $request );
		return new WP_REST_Response(
			array(
				'title' => (string) get_post_field( 'post_title', $server_id, 'raw' ),
				'url'   => (string) get_edit_post_link( $server_id, 'raw' ),
			)
		);
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
