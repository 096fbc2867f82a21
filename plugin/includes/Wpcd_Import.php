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

	const META          = 'wpcd_wpapp_email_gateway';
	const MOST_SERVERS  = 500;
	const MOST_LAYERS   = 3;
	const LONGEST_NOTE  = 500;
	const OPTION_PREFIX = 'wpcd_email_gateway_smtp_';

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
	}

	/**
	 * Action rest_api_init.
	 */
	public function register(): void {
		$this->route( 'GET', '/wpcd-import', 'read' );
		$this->route( 'POST', '/wpcd-import/defaults', 'take_defaults' );
		$this->route( 'POST', '/wpcd-import/servers/' . Rest_Routes::PARAMETERS[':serverId'], 'install' );
	}

	/**
	 * What there is to be taken, without passwords.
	 */
	public function read(): WP_REST_Response {
		$defaults = self::saved_defaults();
		$ids      = get_posts(
			array(
				'post_type'      => Wpcd_Servers::POST_TYPE,
				'post_status'    => array( 'private', 'publish' ),
				'posts_per_page' => self::MOST_SERVERS,
				'meta_key'       => self::META, // phpcs:ignore WordPress.DB.SlowDBQuery -- asked for by an administrator, once.
				'orderby'        => 'title',
				'order'          => 'ASC',
				'fields'         => 'ids',
			)
		);
		$servers  = array();
		foreach ( $ids as $server_id ) {
			$saved = $this->saved_on( $server_id );
			if ( $saved ) {
				$servers[] = array(
					'serverId' => $server_id,
					// Not get_the_title(), which says of each that it is private.
					'title'    => get_post( $server_id )->post_title,
					'url'      => (string) get_edit_post_link( $server_id, 'raw' ),
				) + self::shown( $saved );
			}
		}
		return new WP_REST_Response( array( 'defaults' => $defaults ? self::shown( $defaults ) : null, 'servers' => $servers ) );
	}

	/**
	 * Saves its defaults as ours.
	 *
	 * @return WP_REST_Response|WP_Error
	 */
	public function take_defaults() {
		$saved = self::saved_defaults();
		if ( ! $saved ) {
			return $this->nothing_saved();
		}
		unset( $saved['serverHostname'] );
		return $this->pass_on( 'PUT', '/defaults', Fixed_Defaults::put_into( self::json( array( 'defaults' => $saved ) ) ), null );
	}

	/**
	 * Installs our gateway on one server, with what is saved there.
	 *
	 * @param WP_REST_Request $request With the server in its path.
	 * @return WP_REST_Response|WP_Error
	 */
	public function install( WP_REST_Request $request ) {
		$server_id = (int) $request->get_url_params()['serverId'];
		$saved     = $this->saved_on( $server_id );
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
		register_rest_route(
			Rest_Routes::ROUTE_NAMESPACE,
			$path,
			array(
				'methods'             => $method,
				'callback'            => array( $this, $callback ),
				'permission_callback' => function ( WP_REST_Request $request ) {
					$server_id = (int) ( $request->get_url_params()['serverId'] ?? 0 );
					return $this->access->may( 'manage_site' ) && $this->access->may( 'manage_defaults' )
						&& ( 0 === $server_id || $this->access->may( 'run_gateway', array( $server_id ) ) );
				},
			)
		);
	}

	/**
	 * The defaults in its settings, password included; null where none are set.
	 */
	private static function saved_defaults(): ?array {
		$saved = array();
		foreach ( array( 'server', 'user', 'password', 'domain', 'note' ) as $name ) {
			$saved[ $name ] = self::text( wpcd_get_early_option( self::OPTION_PREFIX . $name ) );
		}
		return '' === $saved['server'] ? null : self::settings( $saved );
	}

	/**
	 * What it installed on a server, password included; null where nothing is saved.
	 *
	 * @param int $server_id Id of a post.
	 */
	private function saved_on( int $server_id ): ?array {
		$saved = $this->servers->exists( $server_id ) ? self::record( $server_id ) : array();
		if ( empty( $saved['smtp_server'] ) ) {
			return null;
		}
		$saved   += array_fill_keys( array( 'smtp_user', 'smtp_pass', 'domain', 'note', 'hostname1' ), '' );
		$hostname = strtolower( trim( $saved['hostname1'] ) );
		$settings = self::settings(
			array(
				'server'   => $saved['smtp_server'],
				'user'     => $saved['smtp_user'],
				'password' => Wpcd_Servers::opened( $saved['smtp_pass'] ),
				'domain'   => $saved['domain'],
				'note'     => $saved['note'],
			)
		);
		// It took any name; ours is one with a domain, or what the server calls itself.
		return $settings + array( 'serverHostname' => preg_match( '/\A[a-z0-9-]+(\.[a-z0-9-]+)+\z/', $hostname ) ? $hostname : null );
	}

	/**
	 * The record of a server, as texts by name. Others may have written it: it is read as stored, and no object of any
	 * class is made of it. WPCloudDeploy's own records are at times serialised more than once.
	 *
	 * @param int $server_id Id of a server.
	 * @return array<string, string>
	 */
	private static function record( int $server_id ): array {
		$record = get_post_meta( $server_id )[ self::META ][0] ?? '';
		for ( $layer = 0; $layer < self::MOST_LAYERS && is_string( $record ) && is_serialized( $record ); $layer++ ) {
			$record = @unserialize( trim( $record ), array( 'allowed_classes' => false ) ); // phpcs:ignore WordPress.PHP -- broken text is no record.
		}
		return is_array( $record ) ? array_map( array( self::class, 'text' ), $record ) : array();
	}

	/**
	 * A value as text; whatever is none is empty.
	 *
	 * @param mixed $value Of a record or an option.
	 */
	private static function text( $value ): string {
		return is_scalar( $value ) ? (string) $value : '';
	}

	/**
	 * Its values in the contract's words. Server and port are one text there, and a note may have lines.
	 *
	 * @param array<string, string> $saved Server, user, password, domain, note.
	 */
	private static function settings( array $saved ): array {
		list( $host, $port ) = Wpcd_Mail_Server::host_and_port( $saved['server'] );
		return array(
			'smtpServer'    => $host,
			'smtpPort'      => $port,
			'userName'      => $saved['user'],
			'sendingDomain' => trim( $saved['domain'] ),
			'note'          => One_Line::of( $saved['note'], self::LONGEST_NOTE ),
			'password'      => array( 'use' => 'typed', 'value' => $saved['password'] ),
		);
	}

	/**
	 * What people may see of it.
	 *
	 * @param array $settings Of settings().
	 */
	private static function shown( array $settings ): array {
		unset( $settings['password'], $settings['serverHostname'], $settings['note'] );
		return $settings;
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
		$sentence = sprintf( __( '%s has nothing saved for this.', 'email-gateway' ), Wpcd_Servers::product_name() );
		return new WP_Error( 'nothing_to_import', $sentence, array( 'status' => 404 ) );
	}
}
