<?php
/**
 * The routes that WordPress answers itself: its pairing.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

/**
 * GET, POST and DELETE /pairing, for those who manage the site. Everybody else hears with the page whether the site is
 * paired, and no more.
 */
class Pairing_Routes {

	/**
	 * Who may do what.
	 *
	 * @var Access
	 */
	private $access;

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * How a pairing is made.
	 *
	 * @var Handshake
	 */
	private $handshake;

	/**
	 * Keeps what it asks.
	 *
	 * @param Access         $access  Who may do what.
	 * @param Pairing        $pairing The pairing.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Access $access, Pairing $pairing, Backend_Client $backend ) {
		$this->access    = $access;
		$this->pairing   = $pairing;
		$this->handshake = new Handshake( $pairing, $backend );
	}

	/**
	 * Action rest_api_init.
	 */
	public function register(): void {
		register_rest_route(
			Rest_Routes::ROUTE_NAMESPACE,
			'/pairing',
			array(
				$this->route( 'GET', 'read' ),
				$this->route( 'POST', 'pair' ),
				$this->route( 'DELETE', 'forget' ),
				'schema' => Rest_Schema::answer( 'GET /pairing' ),
			)
		);
	}

	/**
	 * The pairing as people may see it.
	 */
	public function read(): WP_REST_Response {
		return new WP_REST_Response( $this->pairing->view() );
	}

	/**
	 * Pairs with the one-time code that the backend printed.
	 *
	 * @param WP_REST_Request $request With backendUrl and code.
	 * @return WP_REST_Response|WP_Error
	 */
	public function pair( WP_REST_Request $request ) {
		$done = $this->handshake->pair( $request['backendUrl'], $request['code'] );
		return is_wp_error( $done ) ? $done : $this->read();
	}

	/**
	 * Forgets the backend, which ends the pairing.
	 */
	public function forget(): WP_REST_Response {
		( new Former_Pairing() )->forget( $this->pairing );
		return $this->read();
	}

	/**
	 * One of the routes.
	 *
	 * @param string $method   HTTP method.
	 * @param string $callback Name of the method that answers.
	 */
	private function route( string $method, string $callback ): array {
		return array(
			'methods'             => $method,
			'callback'            => array( $this, $callback ),
			'permission_callback' => function () {
				return $this->access->may( 'manage_site' );
			},
			'args'                => Rest_Schema::args( "{$method} /pairing", '/pairing' ),
		);
	}
}
