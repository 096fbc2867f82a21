<?php
/**
 * Who may do what.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Servers;

/**
 * The permissions of the contract as capabilities of WordPress: `manage_site` is `email_gateway_manage_site`, and so
 * on. They are decided when asked, through map_meta_cap, and stored in no role.
 */
class Access {

	const PREFIX = 'email_gateway_';

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
	 * Whether the current user holds a permission for all of some servers; without servers, for the site.
	 *
	 * @param string $permission Of the contract.
	 * @param int[]  $server_ids Ids of posts, of servers or not.
	 */
	public function may( string $permission, array $server_ids = array() ): bool {
		foreach ( $server_ids ? $server_ids : array( 0 ) as $server_id ) {
			if ( ! current_user_can( self::PREFIX . $permission, $server_id ) ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The permissions of the current user for all of some servers; without servers, for the site.
	 *
	 * @param int[] $server_ids Ids of servers.
	 * @return string[]
	 */
	public function permissions( array $server_ids = array() ): array {
		$held = array_filter(
			Contract::permissions(),
			function ( string $permission ) use ( $server_ids ) {
				return $this->may( $permission, $server_ids );
			}
		);
		return array_values( $held );
	}

	/**
	 * Filter map_meta_cap.
	 *
	 * @param string[] $required   Capabilities the person must have.
	 * @param string   $capability What was asked.
	 * @param int      $user_id    Of whom; 0 for nobody.
	 * @param array    $args       The server's id, where one is meant.
	 * @return string[]
	 */
	public function map_capability( array $required, string $capability, int $user_id, array $args ): array {
		if ( 0 !== strpos( $capability, self::PREFIX )
			|| ! in_array( substr( $capability, strlen( self::PREFIX ) ), Contract::permissions(), true ) ) {
			return $required;
		}
		$server_id = (int) ( $args[0] ?? 0 );
		if ( 0 !== $server_id && ! $this->servers->exists( $server_id ) ) {
			return array( 'do_not_allow' );
		}
		$of_owner = in_array( $capability, array( 'email_gateway_run_gateway', 'email_gateway_see_mail_log' ), true );
		$runs_own = $of_owner && $this->servers->belongs_to( $server_id, $user_id );
		$required = $runs_own ? array( 'read' ) : $this->servers->required_of_administrators( $user_id );

		/**
		 * Which capabilities a person needs for one of the permissions. The hook has the permission's name:
		 * email_gateway_manage_site, email_gateway_manage_defaults, email_gateway_change_connection,
		 * email_gateway_run_gateway, email_gateway_see_audit, email_gateway_see_mail_log.
		 *
		 * By default manage_options; for email_gateway_run_gateway and email_gateway_see_mail_log of one's own server,
		 * read. Beside WPCloudDeploy its
		 * functions decide: read for whom they let, do_not_allow for others.
		 *
		 * @param string[] $required  Capabilities, all of which are needed. None at all allows nobody.
		 * @param int      $user_id   Of whom; 0 for nobody.
		 * @param int      $server_id For which server; 0 for the site.
		 */
		$filtered = apply_filters( $capability, $required, $user_id, $server_id ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals.DynamicHooknameFound -- every capability begins with email_gateway_.
		// An empty list would allow everybody, visitors included: too much for a slip in a filter.
		return is_array( $filtered ) && $filtered ? $filtered : array( 'do_not_allow' );
	}
}
