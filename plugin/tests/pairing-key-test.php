<?php
/**
 * The sealed key of a pairing.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Pairing;
use Email_Gateway\Seal;

/**
 * How the key of a site is kept, and when it cannot be.
 */
class Pairing_Key_Test extends Pairing_Test_Case {

	/**
	 * Neither the option nor any answer holds the secret key.
	 */
	public function test_keeps_the_secret_key_sealed() {
		$answer = $this->pair( 'https://backend.example.org', 'code' );
		$secret = ( new Pairing() )->credentials()['secret_key'];
		foreach ( array( serialize( get_option( Pairing::OPTION ) ), wp_json_encode( $answer->get_data() ) ) as $text ) {
			$this->assertStringNotContainsString( $secret, $text );
			$this->assertStringNotContainsString( base64_encode( $secret ), $text );
			$this->assertStringNotContainsString( base64_encode( substr( $secret, 0, 32 ) ), $text );
		}
		$this->assertStringNotContainsString( 'sealed', wp_json_encode( $answer->get_data() ) );
	}

	/**
	 * With other salts the key cannot be opened, and the person is told why.
	 */
	public function test_says_that_changed_salts_made_the_key_unreadable() {
		$this->pair( 'https://backend.example.org', 'code' );
		$asked = count( $this->sent );
		add_filter(
			'salt',
			static function () {
				return 'other salts';
			}
		);
		$answer = $this->call( 'GET', '/site' );
		$this->assertSame( array( 409, 'not_paired' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		$this->assertSame( 'key_not_readable', $answer->get_data()['data']['reason'] );
		$this->assertCount( $asked, $this->sent );
		$this->assertFalse( $this->call( 'GET', '/pairing' )->get_data()['keyReadable'] );
	}

	/**
	 * Where the salts lie in the database no key is sealed with them: nothing is asked of the backend, and Site Health
	 * says why.
	 */
	public function test_does_not_pair_where_the_key_would_lie_beside_what_it_seals() {
		$this->keep_salts_in_database();
		$answer = $this->pair( 'https://backend.example.org', 'code' );
		$this->assertSame( array( 409, 'key_in_database' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		$this->assertStringContainsString( 'EMAIL_GATEWAY_KEY', $answer->get_data()['message'] );
		$this->assertSame( array(), $this->sent );
		$this->assertFalse( get_option( Pairing::OPTION ) );

		$health = $this->health_of_the_key();
		$this->assertSame( 'recommended', $health['status'] );
		$this->assertStringContainsString( 'define( &#039;EMAIL_GATEWAY_KEY&#039;,', $health['description'] );
	}

	/**
	 * One part in wp-config.php is enough, where it is long enough; a salt that was copied from the database is not.
	 *
	 * @dataProvider salts_elsewhere
	 *
	 * @param string $elsewhere What wp-config.php has in place of the first part.
	 * @param int    $status    HTTP status.
	 */
	public function test_pairs_with_what_the_database_does_not_tell( string $elsewhere, int $status ) {
		$this->keep_salts_in_database();
		add_filter(
			'salt',
			static function () use ( $elsewhere ) {
				return $elsewhere . get_site_option( 'auth_salt' );
			},
			20
		);
		$this->assertSame( $status, $this->pair( 'https://backend.example.org', 'code' )->get_status() );
		$this->assertSame( 200 === $status ? 'good' : 'recommended', $this->health_of_the_key()['status'] );
	}

	/**
	 * Salts.
	 */
	public static function salts_elsewhere(): array {
		return array(
			'long'                     => array( str_repeat( 'ab', 16 ), 200 ),
			'too short'                => array( str_repeat( 'ab', 15 ), 409 ),
			'copied from the database' => array( str_repeat( 'key ', 16 ), 409 ),
		);
	}

	/**
	 * A site that was paired so keeps working, Site Health says what to do, and with EMAIL_GATEWAY_KEY it pairs again as
	 * the same site. A constant cannot be taken back, so this has a process of its own.
	 *
	 * @runInSeparateProcess
	 * @preserveGlobalState disabled
	 */
	public function test_a_site_that_was_paired_so_pairs_again_as_the_same_site() {
		$this->pair( 'https://backend.example.org', 'code' );
		$this->keep_salts_in_database();
		$kept                      = get_option( Pairing::OPTION );
		$kept['sealed_secret_key'] = Seal::close( $this->keys['secret'] );
		update_option( Pairing::OPTION, $kept );
		$this->assertSame( 200, $this->call( 'GET', '/site' )->get_status() );
		$health = $this->health_of_the_key();
		$this->assertSame( 'critical', $health['status'] );
		$this->assertStringContainsString( 'Pair Again', $health['description'] );

		define( 'EMAIL_GATEWAY_KEY', str_repeat( 'long ', 8 ) );
		$view = $this->call( 'GET', '/pairing' )->get_data();
		$this->assertSame( array( false, true ), array( $view['keyReadable'], $view['keepsServers'] ) );
		// Who can write to the database could have sealed it: it signs no request.
		$this->assertSame( 409, $this->call( 'GET', '/site' )->get_status() );
		$this->pair( 'https://backend.example.org', 'code' );
		$asked = json_decode( end( $this->sent )['body'], true );
		$this->assertTrue(
			sodium_crypto_sign_verify_detached(
				base64_decode( $asked['signedBy']['signature'] ),
				"email-gateway-pair-again-v2\ncode\n{$asked['publicKey']}\n{$asked['siteUrl']}\nhttps://backend.example.org",
				$this->keys['public']
			)
		);
		$this->assertSame( 'good', $this->health_of_the_key()['status'] );
		$this->assertTrue( ( new Pairing() )->is_usable() );
	}

	/**
	 * An empty constant is a key that everybody knows.
	 *
	 * @runInSeparateProcess
	 * @preserveGlobalState disabled
	 */
	public function test_a_constant_that_is_too_short_is_refused() {
		define( 'EMAIL_GATEWAY_KEY', '' );
		$answer = $this->pair( 'https://backend.example.org', 'code' );
		$this->assertSame( 'key_in_database', $answer->get_data()['code'] );
		$this->assertStringContainsString( 'too short', $answer->get_data()['message'] );
	}

	/**
	 * A seal that was altered does not open; nothing throws.
	 */
	public function test_an_altered_seal_does_not_open() {
		$sealed = Seal::close( 'secret' );
		$this->assertSame( 'secret', Seal::open( $sealed ) );
		$this->assertNotSame( $sealed, Seal::close( 'secret' ) );
		foreach ( array( '', 'x', 'AAAA', substr( $sealed, 0, -4 ), base64_encode( str_repeat( "\0", 60 ) ) ) as $altered ) {
			$this->assertNull( Seal::open( $altered ) );
		}
	}

	/**
	 * A site whose wp-config.php has no salts: WordPress makes its own and keeps them.
	 */
	private function keep_salts_in_database(): void {
		update_site_option( 'auth_key', str_repeat( 'key ', 16 ) );
		update_site_option( 'auth_salt', str_repeat( 'salt', 16 ) );
		add_filter(
			'salt',
			static function () {
				return get_site_option( 'auth_key' ) . get_site_option( 'auth_salt' );
			}
		);
	}

	/**
	 * What Site Health says of the key.
	 */
	private function health_of_the_key(): array {
		return call_user_func( apply_filters( 'site_status_tests', array() )['direct']['email_gateway_key']['test'] );
	}
}
