<?php
/**
 * The account that new servers are offered.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * What PHP asks of the backend's accounts: only of the default one, which the environment and an import fill in.
 */
class Default_Account {

	const SAVED = array( 'id', 'name', 'isDefault', 'dailyLimit', 'smtpServer', 'smtpPort', 'userName', 'sendingDomain', 'note' );

	/**
	 * Whether a request saves the default account.
	 *
	 * @param string $body JSON of the contract's saveAccount.
	 */
	public static function is_saved_by( string $body ): bool {
		$account = json_decode( $body, true )['account'] ?? null;
		return is_array( $account ) && true === ( $account['isDefault'] ?? null );
	}

	/**
	 * The default account as it is sent, with its own password; one that is still to be made where there is none.
	 *
	 * @param Backend_Client $backend The backend.
	 * @param Actor          $actor   Who asks.
	 * @return array|null Null where the backend did not answer.
	 */
	public static function read( Backend_Client $backend, Actor $actor ): ?array {
		$answer = $backend->ask( self::request( 'GET', '' ), $actor );
		if ( is_wp_error( $answer ) || 200 !== $answer['status'] ) {
			return null;
		}
		$named = array( 'id' => null, 'name' => _x( 'Defaults', 'account', 'email-gateway' ), 'isDefault' => true, 'dailyLimit' => null );
		foreach ( (array) ( $answer['body']->accounts ?? array() ) as $account ) {
			if ( true === ( $account->isDefault ?? null ) ) { // phpcs:ignore WordPress.NamingConventions.ValidVariableName -- as it is sent.
				$named = (array) $account;
			}
		}
		// What else an answer tells, now or in a later version, is not for saving.
		$saved = array_intersect_key( $named, array_flip( self::SAVED ) );
		return $saved + array( 'password' => array( 'use' => 'saved' ) );
	}

	/**
	 * A request about the accounts.
	 *
	 * @param string $method GET or PUT.
	 * @param string $body   JSON.
	 */
	public static function request( string $method, string $body ): array {
		return array( 'method' => $method, 'path' => '/accounts', 'query' => '', 'body' => $body );
	}
}
