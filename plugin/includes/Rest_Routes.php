<?php
/**
 * The doorman: lets people through to the backend, and does not read what they carry.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Servers;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * Every route of routes.json, which is printed from the contract: a new endpoint needs no PHP.
 */
class Rest_Routes {

	const ROUTE_NAMESPACE = 'email-gateway/v1';
	const PARAMETERS      = array( 'serverId', 'jobId' );

	/**
	 * Who may do what.
	 *
	 * @var Access
	 */
	private $access;

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * The servers of this site.
	 *
	 * @var Servers
	 */
	private $servers;

	/**
	 * Keeps what it asks.
	 *
	 * @param Access         $access  Who may do what.
	 * @param Servers        $servers The servers of this site.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Access $access, Servers $servers, Backend_Client $backend ) {
		$this->access  = $access;
		$this->servers = $servers;
		$this->backend = $backend;
	}

	/**
	 * Action rest_api_init.
	 */
	public function register(): void {
		$routes  = Contract::routes();
		$answers = array();
		foreach ( $routes as $name => $route ) {
			// What is read at a path is what it is.
			$answers[ $route['path'] ] = 'GET' === $route['method'] ? $name : $answers[ $route['path'] ] ?? $name;
		}
		foreach ( $routes as $name => $route ) {
			$endpoint = array(
				'methods'             => $route['method'],
				'callback'            => function ( WP_REST_Request $request ) use ( $name, $route ) {
					return $this->pass_on( $name, $route, $request );
				},
				'permission_callback' => function ( WP_REST_Request $request ) use ( $route ) {
					$server_ids = self::server_ids( $route, $request );
					return null !== $server_ids && $this->access->may( $route['access'], $server_ids );
				},
			);
			register_rest_route( self::ROUTE_NAMESPACE, self::pattern( $route['path'] ), Rest_Schema::route( $name, $route['path'], $endpoint, $answers[ $route['path'] ] ) );
		}
	}

	/**
	 * A path of the contract as WordPress matches it.
	 *
	 * @param string $path With `:serverId` and `:jobId`.
	 */
	public static function pattern( string $path ): string {
		foreach ( self::PARAMETERS as $name ) {
			$path = str_replace( ":$name", "(?P<$name>" . Contract::pattern( $name ) . ')', $path );
		}
		return $path;
	}

	/**
	 * Asks the backend, and gives back what it answers.
	 *
	 * @param string          $name    Of the route.
	 * @param array           $route   Of the table.
	 * @param WP_REST_Request $request From the browser.
	 * @return WP_REST_Response|WP_Error
	 */
	private function pass_on( string $name, array $route, WP_REST_Request $request ) {
		if ( strlen( (string) $request->get_body() ) > Contract::max_body_bytes() ) {
			// What the backend would refuse is not carried there.
			return new WP_Error( 'body_too_large', 'body_too_large', array( 'status' => 413 ) );
		}
		$parameters = array();
		foreach ( self::PARAMETERS as $parameter ) {
			// From the path alone: get_param() would prefer a parameter of the same name in the body.
			$parameters[ ":$parameter" ] = $request->get_url_params()[ $parameter ] ?? '';
		}
		// The one letter that is not passed on as it is: what the environment sets nobody overwrites.
		$body       = empty( $route['savesAccount'] ) ? $request->get_body() : Fixed_Defaults::put_into( $request->get_body() );
		$connection = empty( $route['sendsConnection'] ) ? null : $this->servers->connection( (int) $parameters[':serverId'] );
		if ( is_wp_error( $connection ) ) {
			return $connection;
		}
		$owner  = '' === $parameters[':serverId'] ? null : (int) get_post_field( 'post_author', (int) $parameters[':serverId'] );
		$ids    = (array) self::server_ids( $route, $request );
		$actor  = Actor::current_user( $this->access->permissions( $ids ), $owner )->for_route( $route, $ids );
		$answer = $this->backend->ask(
			array(
				'method'     => $route['method'],
				'path'       => strtr( $route['path'], $parameters ),
				'query'      => self::query( $request ),
				'body'       => 'GET' === $route['method'] ? '' : (string) $body,
				'connection' => $connection,
			),
			$actor
		);
		if ( ! empty( $route['savesAccount'] ) && Default_Account::is_saved_by( (string) $body ) && ! is_wp_error( $answer ) && 200 === $answer['status'] ) {
			Fixed_Defaults::note_handed_over();
		}
		if ( 'GET' !== $route['method'] && ! is_wp_error( $answer ) && $answer['status'] < 300 ) {
			/**
			 * The backend has accepted what the current user asked for.
			 *
			 * @param string $name      Of the call, as in routes.json: installGateway, sendTestEmail, saveAccount, …
			 * @param int    $server_id Which server it is about; 0 for the site.
			 * @param object $answer    As the contract says; of what takes longer, with its jobId. Never a secret.
			 */
			do_action( 'email_gateway_accepted', $name, (int) $parameters[':serverId'], $answer['body'] );
		}
		return self::for_browser( $answer );
	}

	/**
	 * The backend's answer as the browser gets it: status, body, and when to ask again.
	 *
	 * @param array|WP_Error $answer Of Backend_Client.
	 * @return WP_REST_Response|WP_Error
	 */
	public static function for_browser( $answer ) {
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$headers = '' === $answer['retry_after'] ? array() : array( 'Retry-After' => $answer['retry_after'] );
		// An array, since WordPress's own _fields and _embed take no object; objects within stay objects.
		return new WP_REST_Response( (array) $answer['body'], $answer['status'], $headers );
	}

	/**
	 * Which servers a request is about: the one in its path, or for a route of servers without one, those listed in
	 * `ids`.
	 *
	 * @param array           $route   Of the table.
	 * @param WP_REST_Request $request From the browser.
	 * @return int[]|null None for a route of the site; null where the list is not one.
	 */
	private static function server_ids( array $route, WP_REST_Request $request ): ?array {
		$in_path = $request->get_url_params()['serverId'] ?? null;
		if ( null !== $in_path ) {
			return array( (int) $in_path );
		}
		if ( empty( $route['listsServers'] ) ) {
			return array();
		}
		$ids = $request->get_query_params()['ids'] ?? '';
		return is_string( $ids ) && preg_match( '/\A' . Contract::pattern( 'serverIds' ) . '\z/', $ids )
			? array_map( 'intval', explode( ',', $ids ) )
			: null;
	}

	/**
	 * The query string for the backend: as PHP read it, so that both read the same, and without what WordPress and its
	 * scripts add for themselves (rest_route, _locale, _wpnonce, _method).
	 *
	 * @param WP_REST_Request $request From the browser.
	 */
	private static function query( WP_REST_Request $request ): string {
		$ours = array_filter(
			$request->get_query_params(),
			static function ( string $name ) {
				return 'rest_route' !== $name && '_' !== $name[0];
			},
			ARRAY_FILTER_USE_KEY
		);
		return http_build_query( $ours, '', '&', PHP_QUERY_RFC3986 );
	}
}
