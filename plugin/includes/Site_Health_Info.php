<?php
/**
 * The plugin in Tools → Site Health → Info.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Fleet\Trouble;
use Email_Gateway\Servers\Servers;

/**
 * What somebody who helps asks first. Nothing here is a secret; the backend's address stays out of the copied report.
 */
class Site_Health_Info {

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
	 * Filter debug_information.
	 *
	 * @param array $sections By name.
	 */
	public function add_section( array $sections ): array {
		$pairing = $this->pairing->view();
		$fields  = array(
			'version' => self::field( _x( 'Version', 'of a program', 'email-gateway' ), VERSION ),
			'paired'  => self::field( _x( 'Paired', 'site', 'email-gateway' ), $pairing['paired'] ? _x( 'Yes', 'answer', 'email-gateway' ) : _x( 'No', 'answer', 'email-gateway' ), $pairing['paired'] ? 'yes' : 'no' ),
			'backend' => self::field( __( 'Address of the backend', 'email-gateway' ), (string) ( $pairing['backendUrl'] ?? '–' ) ) + array( 'private' => true ),
			'sealed'  => self::field( __( 'Secret that seals the key of the site', 'email-gateway' ), defined( 'EMAIL_GATEWAY_KEY' ) ? 'EMAIL_GATEWAY_KEY' : __( 'The salts of WordPress', 'email-gateway' ), defined( 'EMAIL_GATEWAY_KEY' ) ? 'constant' : 'salts' ),
			'clock'   => self::field( __( 'Seconds by which the backend’s clock is ahead', 'email-gateway' ), (string) ( Backend_Clock::now() - time() ) ),
			'servers' => self::field( _x( 'Servers', 'of a site', 'email-gateway' ), $this->count_of_servers(), $this->servers->post_type() . ' ' . $this->count_of_servers() ),
		);

		$fleet = $pairing['paired'] && current_user_can( Access::PREFIX . 'manage_site' ) ? $this->trouble->ask() : null;
		if ( null !== $fleet ) {
			$fields['gateways'] = self::field( __( 'Servers with a gateway', 'email-gateway' ), (string) $fleet->withGateway );
			// how they are, not which they are: this report is pasted into forums
			$states            = array_map( array( Trouble::class, 'words' ), $fleet->servers );
			$fields['trouble'] = self::field( __( 'Servers in trouble', 'email-gateway' ), implode( ' · ', array_merge( array( (string) $fleet->trouble ), $states ) ) );
		}

		$sections['email-gateway'] = array(
			'label'  => __( 'Email Gateway', 'email-gateway' ),
			'fields' => $fields,
		);
		return $sections;
	}

	/**
	 * How many are published, our own or another plugin's.
	 */
	private function count_of_servers(): string {
		$counts = (array) wp_count_posts( $this->servers->post_type() );
		return (string) array_sum( array_intersect_key( $counts, array( 'publish' => 0, 'private' => 0 ) ) );
	}

	/**
	 * One line.
	 *
	 * @param string      $label  What it is.
	 * @param string      $value  As it is shown.
	 * @param string|null $copied As it is copied, in English whatever the language; null for the same.
	 */
	private static function field( string $label, string $value, ?string $copied = null ): array {
		return array( 'label' => $label, 'value' => $value ) + ( null === $copied ? array() : array( 'debug' => $copied ) );
	}
}
