<?php
/**
 * The plugin in Tools → Site Health.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_REST_Response;

/**
 * One test: can this site reach its backend, and does the backend accept it?
 */
class Site_Health {

	const TEST = 'email_gateway_backend';

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
	 * Keeps what it asks.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Pairing $pairing, Backend_Client $backend ) {
		$this->pairing = $pairing;
		$this->backend = $backend;
	}

	/**
	 * Filter site_status_tests. The test runs after the page is shown, since the backend may be slow to answer.
	 *
	 * @param array $tests By kind and name.
	 */
	public function add_test( array $tests ): array {
		$tests['async'][ self::TEST ] = array(
			'label'             => __( 'Email Gateway reaches its backend', 'email-gateway' ),
			'test'              => rest_url( Rest_Routes::ROUTE_NAMESPACE . '/site-health' ),
			'has_rest'          => true,
			'async_direct_test' => array( $this, 'test' ),
		);
		return $tests;
	}

	/**
	 * Action rest_api_init.
	 */
	public function register_route(): void {
		self::add_route( '/site-health', array( $this, 'test' ) );
	}

	/**
	 * The route at which a page of Site Health asks for one of our tests.
	 *
	 * @param string   $path Below our namespace; GET of it is among the own routes of the contract.
	 * @param callable $test Gives the result.
	 */
	public static function add_route( string $path, callable $test ): void {
		register_rest_route(
			Rest_Routes::ROUTE_NAMESPACE,
			$path,
			Rest_Schema::route(
				"GET {$path}",
				$path,
				array(
					'methods'             => 'GET',
					'callback'            => static function () use ( $test ) {
						return new WP_REST_Response( $test() );
					},
					'permission_callback' => static function () {
						return current_user_can( 'view_site_health_checks' ) && current_user_can( 'email_gateway_manage_site' );
					},
				)
			)
		);
	}

	/**
	 * The result, in the shape that Site Health shows.
	 */
	public function test(): array {
		if ( ! $this->pairing->view()['paired'] ) {
			return self::result( self::TEST, 'recommended', __( 'Email Gateway is not paired with a backend', 'email-gateway' ), __( 'Pair this site with a backend, so that gateways can be installed.', 'email-gateway' ) );
		}
		$answer = $this->backend->ask(
			array( 'method' => 'GET', 'path' => '/site', 'query' => '', 'body' => '' ),
			Actor::current_user( array( 'manage_site' ) )
		);
		if ( is_wp_error( $answer ) ) {
			return self::result( self::TEST, 'critical', __( 'Email Gateway cannot use its backend', 'email-gateway' ), $answer->get_error_message() );
		}
		if ( $answer['status'] >= 400 ) {
			$message = 'site_moved' === ( $answer['body']->code ?? '' )
				? __( 'This site has another address than when it was paired. Confirm the move, or pair again if this is a copy.', 'email-gateway' )
				: (string) ( $answer['body']->message ?? '' );
			return self::result( self::TEST, 'critical', __( 'Email Gateway is refused by its backend', 'email-gateway' ), $message );
		}
		if ( ! empty( $answer['body']->keyBesideDatabase ) ) {
			return self::result( self::TEST, 'recommended', __( 'The backend of Email Gateway keeps its key beside its database', 'email-gateway' ), __( 'Anyone with a copy of that folder can read every saved password. Move the key elsewhere: set EMAIL_GATEWAY_MASTER_KEY_FILE where the backend is started.', 'email-gateway' ) );
		}
		return self::result( self::TEST, 'good', __( 'Email Gateway reaches its backend', 'email-gateway' ), __( 'The backend answers and accepts this site. Mail that gateways deliver does not depend on it.', 'email-gateway' ) );
	}

	/**
	 * One result of one of our tests.
	 *
	 * @param string $test        Its name.
	 * @param string $status      good, recommended or critical.
	 * @param string $label       One line.
	 * @param string $description One sentence.
	 */
	public static function result( string $test, string $status, string $label, string $description ): array {
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array( 'label' => __( 'Email Gateway', 'email-gateway' ), 'color' => 'blue' ),
			'description' => '<p>' . esc_html( $description ) . '</p>',
			'actions'     => sprintf( '<p><a href="%s">%s</a></p>', esc_url( Settings_Page::url() ), esc_html__( 'Email Gateway settings', 'email-gateway' ) ),
			'test'        => $test,
		);
	}
}
