<?php
/**
 * Import from WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Wpcd_Servers;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * What WPCloudDeploy saved of its own email gateway: its defaults become ours, and on a chosen server our gateway is
 * installed with the values saved there. Passwords go from its records to the backend; no browser gets them.
 */
class Wpcd_Import {

	const MOST_SERVERS = 500;

	/**
	 * Who may do what.
	 *
	 * @var Access
	 */
	private $access;

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
	 * What is saved.
	 *
	 * @var Wpcd_Records
	 */
	private $records;

	/**
	 * Keeps what it asks.
	 *
	 * @param Access         $access  Who may do what.
	 * @param Wpcd_Servers   $servers The servers.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Access $access, Wpcd_Servers $servers, Backend_Client $backend ) {
		$this->access  = $access;
		$this->servers = $servers;
		$this->backend = $backend;
		$this->records = new Wpcd_Records( $servers );
	}

	/**
	 * Action rest_api_init.
	 */
	public function register(): void {
		$this->route( 'GET', '/wpcd-import', 'read' );
		$this->route( 'POST', '/wpcd-import/defaults', 'take_defaults' );
		$this->route( 'POST', '/wpcd-import/servers/:serverId', 'install' );
	}

	/**
	 * What there is to be taken, without passwords.
	 */
	public function read(): WP_REST_Response {
		$defaults = Wpcd_Records::defaults();
		$ids      = get_posts(
			array(
				'post_type'      => Wpcd_Servers::POST_TYPE,
				'post_status'    => array( 'private', 'publish' ),
				'posts_per_page' => self::MOST_SERVERS,
				'meta_key'       => Wpcd_Records::META, // phpcs:ignore WordPress.DB.SlowDBQuery -- asked for by an administrator, once.
				'orderby'        => 'title',
				'order'          => 'ASC',
				'fields'         => 'ids',
			)
		);
		$servers  = array();
		foreach ( $ids as $server_id ) {
			$saved = $this->records->on( $server_id );
			if ( $saved ) {
				$servers[] = array(
					'serverId' => $server_id,
					// Not get_the_title(), which says of each that it is private.
					'title'    => get_post( $server_id )->post_title,
					'url'      => (string) get_edit_post_link( $server_id, 'raw' ),
				) + Wpcd_Records::shown( $saved );
			}
		}
		return new WP_REST_Response( array( 'defaults' => $defaults ? Wpcd_Records::shown( $defaults ) : null, 'servers' => $servers ) );
	}

	/**
	 * Saves its defaults as our default account.
	 *
	 * @return WP_REST_Response|WP_Error
	 */
	public function take_defaults() {
		$saved = Wpcd_Records::defaults();
		if ( ! $saved ) {
			return $this->nothing_saved();
		}
		unset( $saved['serverHostname'] );
		$account = Default_Account::read( $this->backend, Actor::current_user( $this->access->permissions( array() ) ) );
		// Where the backend does not answer, it does not answer the second request either, which says so.
		return $this->pass_on( 'PUT', '/accounts', Fixed_Defaults::put_into( self::json( array( 'account' => $saved + (array) $account ) ) ), null );
	}

	/**
	 * Installs our gateway on one server, with what is saved there.
	 *
	 * @param WP_REST_Request $request With the server in its path.
	 * @return WP_REST_Response|WP_Error
	 */
	public function install( WP_REST_Request $request ) {
		$server_id = (int) $request->get_url_params()['serverId'];
		$saved     = $this->records->on( $server_id );
		if ( ! $saved ) {
			return $this->nothing_saved();
		}
		$connection = $this->servers->connection( $server_id );
		if ( is_wp_error( $connection ) ) {
			return $connection;
		}
		return $this->pass_on( 'POST', "/servers/{$server_id}/gateway/install", self::json( array( 'settings' => $saved ) ), $connection, $server_id );
	}

	/**
	 * Asks the backend as the current user.
	 *
	 * @param string     $method     HTTP method.
	 * @param string     $path       Below /v1.
	 * @param string     $body       JSON.
	 * @param array|null $connection Of the server.
	 * @param int        $server_id  0 for none.
	 * @return WP_REST_Response|WP_Error
	 */
	private function pass_on( string $method, string $path, string $body, ?array $connection, int $server_id = 0 ) {
		$answer = $this->backend->ask(
			array( 'method' => $method, 'path' => $path, 'query' => '', 'body' => $body, 'connection' => $connection ),
			Actor::current_user( $this->access->permissions( $server_id ? array( $server_id ) : array() ) )
		);
		return Rest_Routes::for_browser( $answer );
	}

	/**
	 * Mounts one route, for who manages site and defaults, and where one is meant, the server.
	 *
	 * @param string $method   HTTP method.
	 * @param string $path     Below the namespace.
	 * @param string $callback Name of the method that answers.
	 */
	private function route( string $method, string $path, string $callback ): void {
		$endpoint = array(
			'methods'             => $method,
			'callback'            => array( $this, $callback ),
			'permission_callback' => function ( WP_REST_Request $request ) {
				$server_id = (int) ( $request->get_url_params()['serverId'] ?? 0 );
				return $this->access->may( 'manage_site' ) && $this->access->may( 'manage_defaults' )
					&& ( 0 === $server_id || $this->access->may( 'run_gateway', array( $server_id ) ) );
			},
		);
		register_rest_route( Rest_Routes::ROUTE_NAMESPACE, Rest_Routes::pattern( $path ), Rest_Schema::route( "{$method} {$path}", $path, $endpoint ) );
	}

	/**
	 * JSON for the backend.
	 *
	 * @param array $value Anything.
	 */
	private static function json( array $value ): string {
		return (string) wp_json_encode( $value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
	}

	/**
	 * There is nothing to take.
	 */
	private function nothing_saved(): WP_Error {
		/* translators: %s: name of a product, WPCloudDeploy unless a shop calls it otherwise */
		$sentence = sprintf( __( '%s has no mail settings to take over.', 'email-gateway' ), Wpcd_Servers::product_name() );
		return new WP_Error( 'nothing_to_import', $sentence, array( 'status' => 404 ) );
	}
}
