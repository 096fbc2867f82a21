<?php
/**
 * The gateways in Tools → Site Health.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Fleet\Trouble;
use Email_Gateway\Servers\Servers;

/**
 * One test, apart from how the backend itself is: does the mail of a server need somebody?
 */
class Site_Health_Gateways {

	const TEST = 'email_gateway_gateways';
	const PATH = '/site-health/gateways';

	/** In these states mail does not leave, or nobody knows; in the list of those in trouble they come first. */
	const CRITICAL = array( 'refused', 'stopped', 'replaced', 'unreachable' );

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The servers of this site.
	 *
	 * @var Servers
	 */
	private $servers;

	/**
	 * Which of them need somebody.
	 *
	 * @var Trouble
	 */
	private $trouble;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing $pairing The pairing.
	 * @param Servers $servers The servers of this site.
	 * @param Trouble $trouble Which of them need somebody.
	 */
	public function __construct( Pairing $pairing, Servers $servers, Trouble $trouble ) {
		$this->pairing = $pairing;
		$this->servers = $servers;
		$this->trouble = $trouble;
	}

	/**
	 * Filter site_status_tests. It runs after the page is shown, as that of the backend; without a pairing there is nothing to ask.
	 *
	 * @param array $tests By kind and name.
	 */
	public function add_test( array $tests ): array {
		if ( $this->pairing->view()['paired'] ) {
			$tests['async'][ self::TEST ] = array(
				'label'             => __( 'No server of Email Gateway needs your attention', 'email-gateway' ),
				'test'              => rest_url( Rest_Routes::ROUTE_NAMESPACE . self::PATH ),
				'has_rest'          => true,
				'async_direct_test' => array( $this, 'test' ),
			);
		}
		return $tests;
	}

	/**
	 * Action rest_api_init.
	 */
	public function register_route(): void {
		Site_Health::add_route( self::PATH, array( $this, 'test' ) );
	}

	/**
	 * The result, in the shape that Site Health shows.
	 */
	public function test(): array {
		$fleet = $this->trouble->ask();
		if ( null === $fleet ) {
			return Site_Health::result( self::TEST, 'recommended', __( 'Email Gateway cannot tell whether a server needs your attention', 'email-gateway' ), __( 'The backend did not say how the servers are. Its own test on this page says why.', 'email-gateway' ) );
		}
		if ( 0 === $fleet->trouble ) {
			return Site_Health::result( self::TEST, 'good', __( 'No server of Email Gateway needs your attention', 'email-gateway' ), __( 'The backend checks each gateway every few minutes, and found nothing wrong.', 'email-gateway' ) );
		}
		$states   = array_column( $fleet->servers, 'state' );
		$critical = array_intersect( self::CRITICAL, $states );
		$lines    = array_map( array( self::class, 'line' ), $fleet->servers );
		$result   = Site_Health::result( self::TEST, $critical ? 'critical' : 'recommended', self::label( $fleet->trouble ), implode( ' · ', $lines ) );

		$result['actions'] = sprintf( '<p><a href="%s">%s</a></p>', esc_url( Trouble::url( $this->servers->post_type() ) ), esc_html__( 'Servers in trouble', 'email-gateway' ) );
		return $result;
	}

	/**
	 * How many servers need somebody.
	 *
	 * @param int $count Servers in trouble.
	 */
	private static function label( int $count ): string {
		/* translators: %s: number of servers */
		$words = _n( 'The mail of %s server needs your attention', 'The mail of %s servers needs your attention', $count, 'email-gateway' );
		return sprintf( $words, number_format_i18n( $count ) );
	}

	/**
	 * One of them: its name, how it is, and when that was seen.
	 *
	 * @param object $server As the contract's serverSummary.
	 */
	private static function line( object $server ): string {
		/* translators: 1: name of a server, 2: for example “Mail is waiting, seen 5 minutes ago” */
		return sprintf( _x( '%1$s: %2$s', 'name of a server, and how it is', 'email-gateway' ), get_the_title( $server->serverId ), Trouble::words( $server ) );
	}
}
