<?php
/**
 * Taking over what WPCloudDeploy's own email gateway keeps.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

/**
 * What there is, and what becomes of it.
 */
class Wpcd_Import_Test extends Wpcd_Import_Test_Case {

	const PASSWORD = 'p#$a:s "s\'ü';

	/**
	 * Only servers with a gateway of WPCloudDeploy are offered, and everything but the passwords is told.
	 */
	public function test_tells_what_there_is_without_passwords() {
		$user_id   = $this->sign_in_as( 'administrator' );
		$server_id = $this->make_server_with_gateway( $user_id );
		$this->make_wpcd_server( $user_id );
		$answer = $this->call( 'GET', '/wpcd-import' )->get_data();
		$this->assertSame(
			array(
				'smtpServer'    => 'smtp.all.example',
				'smtpPort'      => 2525,
				'userName'      => 'all@all.example',
				'sendingDomain' => 'all.example',
			),
			$answer['defaults']
		);
		$this->assertCount( 1, $answer['servers'] );
		$this->assertSame( array( $server_id, 'smtp.one.example', 587, 'one@one.example', 'one.example' ), array_values( array_diff_key( $answer['servers'][0], array_flip( array( 'title', 'url' ) ) ) ) );
		$this->assertSame( 'web1', $answer['servers'][0]['title'] );
		$this->assertStringContainsString( "post={$server_id}", $answer['servers'][0]['url'] );
		$this->assertStringNotContainsString( 'assword', wp_json_encode( $answer ) );
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * The defaults go to the backend as if they were typed.
	 */
	public function test_its_defaults_become_ours() {
		$this->sign_in_as( 'administrator' );
		$this->assertSame( 200, $this->call( 'POST', '/wpcd-import/defaults' )->get_status() );
		$this->assertSame( array( 'PUT', self::BACKEND . '/v1/accounts' ), array( $this->sent[1]['method'], $this->sent[1]['url'] ) );
		$this->assertSame(
			array(
				'smtpServer'    => 'smtp.all.example',
				'smtpPort'      => 2525,
				'userName'      => 'all@all.example',
				'sendingDomain' => 'all.example',
				'note'          => 'two lines',
				'password'      => array( 'use' => 'typed', 'value' => 'password-of-all' ),
				'id'            => null,
				'name'          => 'Defaults',
				'isDefault'     => true,
				'dailyLimit'    => null,
			),
			json_decode( $this->sent[1]['body'], true )['account']
		);
		$this->assertNull( $this->connection() );
		update_option( 'wpcd_settings', array() );
		$this->assertSame( array( 404, 'nothing_to_import' ), $this->status_and_code( $this->call( 'POST', '/wpcd-import/defaults' ) ) );
	}

	/**
	 * Where the backend says when to ask again, the browser hears it.
	 */
	public function test_tells_the_browser_when_to_ask_again() {
		$this->sign_in_as( 'administrator' );
		$this->answer_with( 429, '{"code":"too_many_requests","message":"","data":{"status":429}}', array( 'retry-after' => '30' ) );
		foreach ( array( array( 'POST', '/wpcd-import/defaults' ), array( 'GET', '/accounts' ) ) as list( $method, $path ) ) {
			$answer = $this->call( $method, $path );
			$this->assertSame( array( 429, '30' ), array( $answer->get_status(), $answer->get_headers()['Retry-After'] ?? null ), $path );
		}
	}

	/**
	 * A chosen server gets our gateway with what is saved there, its password opened by WPCloudDeploy's function.
	 */
	public function test_a_chosen_server_gets_our_gateway_with_its_values() {
		$user_id   = $this->sign_in_as( 'administrator' );
		$server_id = $this->make_server_with_gateway( $user_id );
		$this->answer_with( 202, '{"jobId":"6f1c2f0a-6c0e-4f3e-9b39-0a5d3b1f7c11"}' );
		$answer = $this->call( 'POST', "/wpcd-import/servers/{$server_id}" );
		$this->assertSame( 202, $answer->get_status() );
		$this->assertStringNotContainsString( 'assword', wp_json_encode( $answer->get_data() ) );
		$this->assertStringEndsWith( "/v1/servers/{$server_id}/gateway/install", $this->sent[0]['url'] );
		$settings = json_decode( $this->sent[0]['body'], true )['settings'];
		$this->assertSame( array( 'use' => 'typed', 'value' => self::PASSWORD ), $settings['password'] );
		$this->assertSame( array( 'smtp.one.example', 587, 'web1.one.example' ), array( $settings['smtpServer'], $settings['smtpPort'], $settings['serverHostname'] ) );
		$this->assertSame( self::KEY, $this->connection()['privateKey'] );
		$this->assertSame( self::PASSWORD, WPCD()->decrypt( get_post_meta( $server_id, 'wpcd_wpapp_email_gateway', true )['smtp_pass'] ), 'its records stay as they are' );

		$this->assertSame( array( 404, 'nothing_to_import' ), $this->status_and_code( $this->call( 'POST', '/wpcd-import/servers/' . $this->make_wpcd_server( $user_id ) ) ) );
		$short = $this->make_server_with_gateway( $user_id, array( 'hostname1' => 'web1', 'smtp_server' => 'smtp.one.example' ) );
		$this->call( 'POST', "/wpcd-import/servers/{$short}" );
		$settings = json_decode( end( $this->sent )['body'], true )['settings'];
		$this->assertSame( array( 25, null ), array( $settings['smtpPort'], $settings['serverHostname'] ) );
	}

	/**
	 * Nobody but administrators imports, owners of servers included.
	 */
	public function test_nobody_but_administrators_imports() {
		$owner     = $this->sign_in_as( 'subscriber' );
		$server_id = $this->make_server_with_gateway( $owner );
		foreach ( array( 'owner', 'editor', 'nobody' ) as $caller ) {
			wp_set_current_user( 'owner' === $caller ? $owner : 0 );
			if ( 'editor' === $caller ) {
				$this->sign_in_as( 'editor' );
			}
			foreach ( array( array( 'GET', '' ), array( 'POST', '/defaults' ), array( 'POST', "/servers/{$server_id}" ) ) as list( $method, $path ) ) {
				$this->assertSame( 'nobody' === $caller ? 401 : 403, $this->call( $method, "/wpcd-import{$path}" )->get_status(), "{$caller} {$path}" );
			}
		}
		$this->assertSame( array(), $this->sent );
	}

	/**
	 * A server on which WPCloudDeploy has installed its own gateway.
	 *
	 * @param int   $owner_id Its author.
	 * @param array $changes  Of what is saved.
	 */
	private function make_server_with_gateway( int $owner_id, array $changes = array() ): int {
		$saved = array(
			'smtp_server' => 'smtp.one.example:587',
			'smtp_user'   => 'one@one.example',
			'smtp_pass'   => WPCD()->encrypt( self::PASSWORD ),
			'domain'      => 'one.example',
			'hostname1'   => 'web1.one.example',
			'usetls'      => 'YES',
			'usestarttls' => 'YES',
			'note'        => '',
		);
		return $this->make_wpcd_server( $owner_id, array( 'wpcd_wpapp_email_gateway' => array_replace( $saved, $changes ) ) );
	}

	/**
	 * How a request was refused.
	 *
	 * @param \WP_REST_Response $answer To it.
	 */
	private function status_and_code( \WP_REST_Response $answer ): array {
		return array( $answer->get_status(), $answer->get_data()['code'] );
	}
}
