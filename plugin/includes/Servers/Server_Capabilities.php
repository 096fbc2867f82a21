<?php
/**
 * Who may open, edit, add and delete the posts of servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

/**
 * Translates the stored-looking capabilities of the post type into what a person has anyway, so that none has to be
 * written into roles and taken out again.
 *
 * Who manages the site may do everything. Who owns a server reaches the list and the edit screen of it, and neither
 * adds, deletes nor gives away servers.
 */
class Server_Capabilities {

	const OF_OWNERS = array(
		'edit_email_gateway_servers',
		'edit_published_email_gateway_servers',
		'edit_private_email_gateway_servers',
	);

	/**
	 * The servers of this site.
	 *
	 * @var Servers
	 */
	private $servers;

	/**
	 * Keeps what it asks.
	 *
	 * @param Servers $servers The servers of this site.
	 */
	public function __construct( Servers $servers ) {
		$this->servers = $servers;
	}

	/**
	 * Filter map_meta_cap. WordPress has already turned edit_post of one server into what is required for it.
	 *
	 * @param string[] $required   Capabilities the person must have.
	 * @param string   $capability What was asked.
	 * @param int      $user_id    Of whom; 0 for nobody.
	 * @return string[]
	 */
	public function map_capability( array $required, string $capability, int $user_id ): array {
		$translated = array();
		foreach ( $required as $one ) {
			$translated = array_merge( $translated, $this->translate( $one, $user_id ) );
		}
		return array_values( array_unique( $translated ) );
	}

	/**
	 * What stands for one required capability.
	 *
	 * @param string $capability One of the post type's, or any other.
	 * @param int    $user_id    Of whom; 0 for nobody.
	 * @return string[]
	 */
	private function translate( string $capability, int $user_id ): array {
		if ( '_email_gateway_servers' !== substr( $capability, -22 ) ) {
			return array( $capability );
		}
		if ( in_array( $capability, self::OF_OWNERS, true ) && $this->servers->has_any( $user_id ) ) {
			return array( 'read' );
		}
		return map_meta_cap( 'email_gateway_manage_site', $user_id );
	}
}
