<?php
/**
 * Default credentials that the environment or wp-config.php sets.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Values of `EMAIL_GATEWAY_SMTP_SERVER` and its sisters: an environment variable counts before a constant, and either
 * before what is saved. They are handed to the backend when they have changed. WordPress keeps a keyed digest of them
 * and nothing else.
 */
class Fixed_Defaults {

	const NAMES         = array(
		'smtpServer'    => 'EMAIL_GATEWAY_SMTP_SERVER',
		'smtpPort'      => 'EMAIL_GATEWAY_SMTP_PORT',
		'userName'      => 'EMAIL_GATEWAY_SMTP_USER',
		'password'      => 'EMAIL_GATEWAY_SMTP_PASSWORD',
		'sendingDomain' => 'EMAIL_GATEWAY_SMTP_DOMAIN',
	);
	const DIGEST_OPTION = 'email_gateway_fixed_defaults_digest';
	const TRIED         = 'email_gateway_fixed_defaults_tried';

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * Keeps what it asks.
	 *
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Backend_Client $backend ) {
		$this->backend = $backend;
	}

	/**
	 * What people who may manage the defaults are shown: where each value comes from, and the value unless it is the
	 * password.
	 *
	 * @return array<string, array{name: string, from: string, value: ?string}> By the contract's names of fields.
	 */
	public static function shown(): array {
		$shown = array();
		foreach ( self::values() as $field => $value ) {
			$name            = self::NAMES[ $field ];
			$shown[ $field ] = array(
				'name'  => $name,
				'from'  => '' === (string) getenv( $name ) ? 'constant' : 'environment',
				'value' => 'password' === $field ? null : $value,
			);
		}
		return $shown;
	}

	/**
	 * A request to save an account, with the fixed values in place of what it says where it is the default one.
	 *
	 * @param string $body JSON of the contract's saveAccount.
	 * @return string JSON; unchanged where nothing is fixed or it is of another account.
	 */
	public static function put_into( string $body ): string {
		$values  = self::values();
		$request = json_decode( $body, true );
		if ( ! $values || ! Default_Account::is_saved_by( $body ) ) {
			return $body;
		}
		foreach ( $values as $field => $value ) {
			$request['account'][ $field ] = $value;
		}
		if ( isset( $values['smtpPort'] ) && ctype_digit( $values['smtpPort'] ) ) {
			$request['account']['smtpPort'] = (int) $values['smtpPort'];
		}
		if ( isset( $values['password'] ) ) {
			$request['account']['password'] = array( 'use' => 'typed', 'value' => $values['password'] );
		}
		return wp_json_encode( $request, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
	}

	/**
	 * Action admin_init: whoever opens a page of wp-admin next hands changed values over. What a screen asks meanwhile,
	 * each second, is not kept waiting for it.
	 */
	public function hand_over_on_a_page(): void {
		if ( ! wp_doing_ajax() ) {
			$this->hand_over();
		}
	}

	/**
	 * Hands the values to the backend if they are others than it was given last. Tries once a minute at most: a value
	 * that the backend refuses, or too few of them, must not slow every page down.
	 */
	public function hand_over(): void {
		$digest = self::digest();
		if ( get_option( self::DIGEST_OPTION, '' ) === $digest || get_transient( self::TRIED ) === $digest ) {
			return;
		}
		if ( '' === $digest || $this->save() ) {
			self::note_handed_over();
			return;
		}
		set_transient( self::TRIED, $digest, MINUTE_IN_SECONDS );
	}

	/**
	 * Notes that the backend has them, as they are now.
	 */
	public static function note_handed_over(): void {
		update_option( self::DIGEST_OPTION, self::digest(), false );
	}

	/**
	 * Saves the backend's default account with the fixed values in it.
	 *
	 * @return bool Whether they were taken.
	 */
	private function save(): bool {
		$actor   = Actor::wordpress( array( 'manage_defaults' ) );
		$account = Default_Account::read( $this->backend, $actor );
		if ( null === $account ) {
			return false;
		}
		$body   = wp_json_encode( array( 'account' => $account ) );
		$answer = $this->backend->ask( Default_Account::request( 'PUT', self::put_into( $body ) ), $actor );
		return ! is_wp_error( $answer ) && 200 === $answer['status'];
	}

	/**
	 * The values that are set. An empty one counts as none. The password counts only beside a fixed server and user
	 * name: it would go to whatever server the form names otherwise. And it goes to no backend of somebody else.
	 *
	 * @return array<string, string> By the contract's names of fields.
	 */
	private static function values(): array {
		$values = array();
		foreach ( self::NAMES as $field => $name ) {
			$value = (string) getenv( $name );
			if ( '' === $value && defined( $name ) ) {
				$value = (string) constant( $name );
			}
			if ( '' !== $value ) {
				$values[ $field ] = $value;
			}
		}
		if ( ! isset( $values['smtpServer'], $values['userName'] ) || ! self::is_backend_of_the_owner() ) {
			unset( $values['password'] );
		}
		return $values;
	}

	/**
	 * In a network of sites each site's administrator may pair it with a backend of their own, but what the environment
	 * holds is the network owner's: it is for the backend that the main site is paired with.
	 */
	private static function is_backend_of_the_owner(): bool {
		if ( ! is_multisite() || is_main_site() ) {
			return true;
		}
		$owner = get_blog_option( get_main_site_id(), Pairing::OPTION )['backend_url'] ?? null;
		return null !== $owner && ( get_option( Pairing::OPTION )['backend_url'] ?? null ) === $owner;
	}

	/**
	 * Tells one set of values for one backend from another; empty for none. Keyed with the salts of this site, so that
	 * a password cannot be guessed from it.
	 */
	private static function digest(): string {
		$values = self::values();
		$about  = array( $values, get_option( Pairing::OPTION )['key_id'] ?? '' );
		return $values ? hash_hmac( 'sha256', (string) wp_json_encode( $about ), wp_salt() ) : '';
	}
}
