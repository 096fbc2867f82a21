<?php
/**
 * Who asks the backend.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * The person, what they may do with the server in question, and the site they do it from. Travels inside the signature.
 */
class Actor {

	/**
	 * As in the contract.
	 *
	 * @var array{userId: int, login: string, siteAdminMail: string, may: string[], siteUrl: string, owner?: int, own?: int[], mail?: string}
	 */
	private $fields;

	/**
	 * Keeps the fields.
	 *
	 * @param array $fields As in the contract.
	 */
	private function __construct( array $fields ) {
		$this->fields = $fields;
	}

	/**
	 * The current user.
	 *
	 * @param string[] $may   Permissions for the server in the path, or for the site where it names none.
	 * @param int|null $owner User id of whose the server in the path is; null where it names none.
	 */
	public static function current_user( array $may, ?int $owner = null ): self {
		$user  = wp_get_current_user();
		$actor = $user->exists() ? self::of( (int) $user->ID, $user->user_login, $may ) : self::wordpress( $may );
		if ( null !== $owner ) {
			$actor->fields['owner'] = $owner;
		}
		return $actor;
	}

	/**
	 * WordPress itself, where nobody is signed in: cron, WP-CLI.
	 *
	 * @param string[] $may Permissions.
	 */
	public static function wordpress( array $may ): self {
		return self::of( 0, 'wordpress', $may );
	}

	/**
	 * The same person with what a route asks of them besides: their mail address; which of the servers that it lists are
	 * their own, for who sees mail without owning the server is shown it, too.
	 *
	 * @param array $route      Of routes.json.
	 * @param int[] $server_ids Ids of servers that the call is about.
	 */
	public function for_route( array $route, array $server_ids ): self {
		$user = get_userdata( $this->fields['userId'] );
		$more = empty( $route['tellsMail'] ) ? array() : array( 'mail' => $user ? (string) $user->user_email : '' );
		if ( ! empty( $route['listsServers'] ) && 'see_mail_log' === $route['access'] ) {
			$more['own'] = array_values( array_filter( $server_ids, array( $this, 'owns' ) ) );
		}
		return new self( $this->fields + $more );
	}

	/**
	 * Whether a server is the person's own.
	 *
	 * @param int $server_id Id of a server.
	 */
	private function owns( int $server_id ): bool {
		return $this->fields['userId'] > 0 && (int) get_post_field( 'post_author', $server_id ) === $this->fields['userId'];
	}

	/**
	 * The same person at another site of the network.
	 *
	 * @param string $site_url As Pairing::site_url() gave it there.
	 */
	public function from( string $site_url ): self {
		return new self( array( 'siteUrl' => $site_url ) + $this->fields );
	}

	/**
	 * Anybody.
	 *
	 * @param int      $user_id 0 for WordPress itself.
	 * @param string   $login   Not empty.
	 * @param string[] $may     Permissions.
	 */
	private static function of( int $user_id, string $login, array $may ): self {
		return new self(
			array(
				'userId'        => $user_id,
				'login'         => $login,
				// Of the site, not of the person: mail for root must not move with whoever presses Reinstall.
				'siteAdminMail' => (string) get_option( 'admin_email' ),
				'may'           => $may,
				'siteUrl'       => Pairing::site_url(),
			)
		);
	}

	/**
	 * Value of the header Email-Gateway-Actor: base64url of the JSON.
	 */
	public function header(): string {
		return Signature::base64url( wp_json_encode( $this->fields, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES ) );
	}
}
