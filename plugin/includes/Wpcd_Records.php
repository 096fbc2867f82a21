<?php
/**
 * What WPCloudDeploy saved of its own email gateway.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Wpcd_Seal;
use Email_Gateway\Servers\Wpcd_Servers;

/**
 * Reads its records, in the contract's words. Passwords are among them: shown() leaves them out.
 */
class Wpcd_Records {

	const META          = 'wpcd_wpapp_email_gateway';
	const MOST_LAYERS   = 3;
	const LONGEST_NOTE  = 500;
	const OPTION_PREFIX = 'wpcd_email_gateway_smtp_';

	/**
	 * The servers.
	 *
	 * @var Wpcd_Servers
	 */
	private $servers;

	/**
	 * Keeps what it asks.
	 *
	 * @param Wpcd_Servers $servers The servers.
	 */
	public function __construct( Wpcd_Servers $servers ) {
		$this->servers = $servers;
	}

	/**
	 * The defaults in its settings, password included; null where none are set.
	 */
	public static function defaults(): ?array {
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
	public function on( int $server_id ): ?array {
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
				'password' => Wpcd_Seal::open( $saved['smtp_pass'] ),
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
			$record = @unserialize( trim( $record ), array( 'allowed_classes' => false ) ); // phpcs:ignore Generic.PHP.NoSilencedErrors -- broken text is no record.
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
	public static function shown( array $settings ): array {
		unset( $settings['password'], $settings['serverHostname'], $settings['note'] );
		return $settings;
	}
}
