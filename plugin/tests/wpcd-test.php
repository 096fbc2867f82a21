<?php
/**
 * Servers of WPCloudDeploy.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * Which of its servers are ours, and how they are reached.
 */
class Wpcd_Test extends Wpcd_Callers_Test_Case {

	/**
	 * Neither a post of ours nor another kind of WPCloudDeploy's servers is one.
	 */
	public function test_only_wordpress_servers_of_wpcd_are_servers() {
		$user_id = $this->sign_in_as( 'administrator' );
		$others  = array(
			$this->make_server( $user_id ),
			$this->make_wpcd_server( $user_id, array( 'wpcd_server_server-type' => 'vpn' ) ),
			wp_insert_post( array( 'post_type' => 'page', 'post_title' => 'A page', 'post_status' => 'publish' ) ),
		);
		foreach ( $others as $id ) {
			$this->assertSame( 403, $this->call( 'GET', "/servers/{$id}" )->get_status() );
		}
		$trashed = $this->make_wpcd_server( $user_id );
		wp_trash_post( $trashed );
		$this->assertSame( 403, $this->call( 'GET', "/servers/{$trashed}" )->get_status() );
	}

	/**
	 * The key of the provider, or the server's own with its own user.
	 */
	public function test_the_key_is_the_server_s_own_or_its_provider_s() {
		$user_id  = $this->sign_in_as( 'administrator' );
		$provided = $this->make_wpcd_server( $user_id );
		$this->call( 'POST', "/servers/{$provided}/connection/check", array( 'body' => '{}' ) );
		$expected = array(
			'from'       => 'wpclouddeploy',
			'host'       => self::ADDRESS,
			'sshPort'    => 22,
			'sshUser'    => 'root',
			'privateKey' => self::KEY,
			'passphrase' => 'passphrase of the provider',
		);
		$this->assertSame( $expected, $this->connection() );

		$meta = array(
			'wpcd_server_ssh_root_user'   => 'admin',
			'wpcd_server_ssh_private_key' => WPCD()->encrypt( "of its own\r\n" ),
		);
		$own  = $this->make_wpcd_server( $user_id, $meta );
		$this->call( 'POST', "/servers/{$own}/connection/check", array( 'body' => '{}' ) );
		$this->assertEquals( array( 'sshUser' => 'admin', 'privateKey' => "of its own\n", 'passphrase' => null ) + $expected, $this->connection() );

		update_option( 'wpcd_settings', array( 'vpn_aws_sshkey' => WPCD()->encrypt( self::KEY ) ) );
		$at_aws = $this->make_wpcd_server( $user_id, array( 'wpcd_server_provider' => 'aws' ) );
		$this->call( 'POST', "/servers/{$at_aws}/connection/check", array( 'body' => '{}' ) );
		$this->assertSame( array( 'ubuntu', null ), array( $this->connection()['sshUser'], $this->connection()['passphrase'] ) );
	}

	/**
	 * A job goes to where the cloud says that the server is, as WPCloudDeploy's own do; the records count where the
	 * cloud does not answer. The screen shows the records at once and hears the rest by a route of its own.
	 */
	public function test_a_job_goes_to_the_address_that_the_cloud_tells() {
		$cloud     = array( 'vpn_lab_ipv4' => '203.0.113.8' );
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ), array( 'wpcd_server_provider_instance_id' => 'i-1' ) );
		$hosts     = function () use ( $server_id ) {
			$this->call( 'POST', "/servers/{$server_id}/connection/check", array( 'body' => '{}' ) );
			return array( $this->connection()['host'], $this->call( 'GET', "/servers/{$server_id}/address" )->get_data()['host'] );
		};
		$this->assertSame( array( self::ADDRESS, self::ADDRESS ), $hosts(), 'the cloud is not set up' );
		update_option( 'wpcd_settings', $cloud + get_option( 'wpcd_settings' ) );
		$this->assertSame( array( '203.0.113.8', '203.0.113.8' ), $hosts() );
		$this->assertSame( self::ADDRESS, $this->page_at( $server_id )['address']['host'] );
		delete_post_meta( $server_id, 'wpcd_server_provider_instance_id' );
		$this->assertSame( array( self::ADDRESS, self::ADDRESS ), $hosts(), 'the cloud does not know it' );
	}

	/**
	 * The last word on the user has WPCloudDeploy's filter, with which shops sign in as somebody else than root.
	 */
	public function test_the_user_is_filtered_as_wpcd_filters_it() {
		add_filter(
			'wpcd_exec_ssh_user',
			static function ( string $user ) {
				return 'root' === $user ? 'deploy' : $user;
			}
		);
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		$this->call( 'POST', "/servers/{$server_id}/connection/check", array( 'body' => '{}' ) );
		$this->assertSame( 'deploy', $this->connection()['sshUser'] );
		$this->assertSame( 'deploy', $this->page_at( $server_id )['address']['sshUser'] );
	}

	/**
	 * Without address or key nothing is asked of the backend.
	 */
	public function test_a_server_without_address_or_key_is_said_to_have_none() {
		$user_id = $this->sign_in_as( 'administrator' );
		$broken  = array(
			'address' => array( 'wpcd_server_ipv4' => '' ),
			'key'     => array( 'wpcd_server_provider' => 'unknown' ),
		);
		foreach ( $broken as $reason => $meta ) {
			$answer = $this->call( 'POST', '/servers/' . $this->make_wpcd_server( $user_id, $meta ) . '/gateway/install', array( 'body' => '{}' ) );
			$this->assertSame( array( 409, 'connection_not_supplied', $reason ), array( $answer->get_status(), $answer->get_data()['code'], $answer->get_data()['data']['reason'] ) );
		}
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * Deleting a server there lets the backend forget it.
	 */
	public function test_a_deleted_server_is_forgotten() {
		$server_id = $this->make_wpcd_server( $this->sign_in_as( 'administrator' ) );
		wp_delete_post( $server_id, true );
		$this->assertStringEndsWith( "/v1/servers/{$server_id}/forget", $this->sent[0]['url'] );
		$this->assertNull( $this->connection() );
	}
}
