<?php
/**
 * Adds a server without its edit screen.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Rest_Routes;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * POST /entries, for the first run: there a server is named after its host, and nobody has to save a post first.
 */
class Server_Adding {

	/** As long as a host name may be. */
	const LONGEST_TITLE = 253;

	/**
	 * Action rest_api_init.
	 */
	public function register(): void {
		register_rest_route(
			Rest_Routes::ROUTE_NAMESPACE,
			'/entries',
			array(
				array(
					'methods'             => 'POST',
					'callback'            => array( $this, 'add' ),
					'permission_callback' => array( self::class, 'is_allowed' ),
					'args'                => array(
						'title' => array(
							'type'              => 'string',
							'required'          => true,
							'minLength'         => 1,
							'maxLength'         => self::LONGEST_TITLE,
							'validate_callback' => 'rest_validate_request_arg',
							'sanitize_callback' => 'sanitize_text_field',
						),
					),
				),
				'schema' => static function (): array {
					return array(
						'$schema'    => 'http://json-schema.org/draft-04/schema#',
						'type'       => 'object',
						'properties' => array( 'serverId' => array( 'type' => 'integer' ) ),
					);
				},
			)
		);
	}

	/**
	 * Whether the current user may add servers.
	 */
	public static function is_allowed(): bool {
		$type = get_post_type_object( Own_Servers::POST_TYPE );
		return $type && current_user_can( $type->cap->create_posts );
	}

	/**
	 * Adds it, as Servers → Add Server would.
	 *
	 * @param WP_REST_Request $request With title.
	 * @return WP_REST_Response|WP_Error
	 */
	public function add( WP_REST_Request $request ) {
		$server_id = wp_insert_post(
			wp_slash(
				array(
					'post_type'   => Own_Servers::POST_TYPE,
					'post_status' => 'publish',
					'post_title'  => $request['title'],
				)
			),
			true
		);
		return is_wp_error( $server_id ) ? $server_id : new WP_REST_Response( array( 'serverId' => $server_id ), 201 );
	}
}
