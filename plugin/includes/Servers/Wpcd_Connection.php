<?php
/**
 * How to reach a server of WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Throwable;
use WP_Error;

/**
 * By its records, its settings and its cloud. Keys are opened for the one request that needs them, and kept nowhere here.
 */
class Wpcd_Connection {

	/**
	 * Id of the server.
	 *
	 * @var int
	 */
	private $server_id;

	/**
	 * Of one server.
	 *
	 * @param int $server_id Id of a server.
	 */
	public function __construct( int $server_id ) {
		$this->server_id = $server_id;
	}

	/**
	 * Where a server is and who signs in there, by WPCloudDeploy's records.
	 */
	public function address(): array {
		return array(
			'from'    => 'wpclouddeploy',
			'host'    => $this->kept_host(),
			'sshPort' => 22,
			'sshUser' => $this->ssh_user(),
		);
	}

	/**
	 * As WPCloudDeploy finds a server before each sign-in: where its cloud says that it is. Its records hold what the
	 * cloud said first. Where the cloud does not say, they count; the host key tells whether it is still that server.
	 */
	public function current_address(): array {
		$host = $this->host_at_cloud();
		return ( '' === $host ? array() : array( 'host' => $host ) ) + $this->address();
	}

	/**
	 * How to reach a server: its own key where it has one, else that of its provider.
	 *
	 * @param bool $asks_cloud Whether its cloud is asked where it is now: not for what nobody waits for, and often.
	 * @return array|WP_Error As the contract's suppliedConnection.
	 */
	public function with_key( bool $asks_cloud = true ) {
		$provider = (string) get_post_meta( $this->server_id, 'wpcd_server_provider', true );
		if ( $this->has_own_key() ) {
			$key        = get_post_meta( $this->server_id, 'wpcd_server_ssh_private_key', true );
			$passphrase = get_post_meta( $this->server_id, 'wpcd_server_ssh_private_key_password', true );
		} else {
			$key        = wpcd_get_early_option( "vpn_{$provider}_sshkey" );
			$passphrase = wpcd_get_early_option( "vpn_{$provider}_sshkey_passwd" );
		}
		$address    = $asks_cloud ? $this->current_address() : $this->address();
		$key        = Wpcd_Seal::open( $key );
		$passphrase = Wpcd_Seal::open( $passphrase );
		if ( '' === $address['host'] || '' === trim( $key ) ) {
			return new WP_Error(
				'connection_not_supplied',
				/* translators: %s: name of a product, WPCloudDeploy unless a shop calls it otherwise */
				sprintf( __( '%s has no address or no SSH key for this server.', 'email-gateway' ), Wpcd_Servers::product_name() ),
				array( 'status' => 409, 'reason' => '' === $address['host'] ? 'address' : 'key' )
			);
		}
		return $address + array(
			'privateKey' => str_replace( "\r\n", "\n", $key ),
			'passphrase' => '' === $passphrase ? null : $passphrase,
		);
	}

	/**
	 * Whether WPCloudDeploy was given a key for this server alone.
	 */
	private function has_own_key(): bool {
		return '' !== Wpcd_Seal::open( get_post_meta( $this->server_id, 'wpcd_server_ssh_private_key', true ) );
	}

	/**
	 * The address in WPCloudDeploy's records.
	 */
	private function kept_host(): string {
		return trim( (string) get_post_meta( $this->server_id, 'wpcd_server_ipv4', true ) );
	}

	/**
	 * The address that the cloud of a server tells; empty where it does not.
	 */
	private function host_at_cloud(): string {
		$provider = $this->provider();
		$id       = (string) get_post_meta( $this->server_id, 'wpcd_server_provider_instance_id', true );
		if ( '' === $id || ! is_callable( array( $provider, 'call' ) ) ) {
			return '';
		}
		try {
			$details = $provider->call( 'details', array( 'id' => $id ) );
		} catch ( Throwable $problem ) {
			return ''; // The code of a provider that meets an answer it does not know.
		}
		$host = is_array( $details ) ? $details['ip'] ?? '' : '';
		return is_string( $host ) ? trim( $host ) : '';
	}

	/**
	 * Who signs in, by WPCloudDeploy's own order: the server's user with the server's key, else its provider's. Its
	 * filter has the last word.
	 */
	private function ssh_user(): string {
		$provider = $this->provider();
		if ( $this->has_own_key() ) {
			$user = (string) get_post_meta( $this->server_id, 'wpcd_server_ssh_root_user', true );
		} else {
			$user = is_callable( array( $provider, 'get_root_user' ) ) ? (string) $provider->get_root_user() : '';
		}
		$user = apply_filters( 'wpcd_exec_ssh_user', '' === $user ? 'root' : $user ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WPCloudDeploy's.
		return is_string( $user ) && '' !== $user ? $user : 'root';
	}

	/**
	 * What WPCloudDeploy knows of the cloud of a server; null where it does not know it.
	 */
	private function provider(): ?object {
		$provider = WPCD()->get_provider_api( (string) get_post_meta( $this->server_id, 'wpcd_server_provider', true ) );
		return is_object( $provider ) ? $provider : null;
	}
}
