<?php
/**
 * Pairing with a backend.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Address;
use Email_Gateway\Former_Pairing;
use Email_Gateway\Pairing;
use Email_Gateway\Seal;

/**
 * How a pairing is made, kept, moved and lost.
 */
class Pairing_Test extends Doorman_Test_Case {

	const CONFIRMED = '{"keyId":"site-7","audience":"https://backend.example.org","version":"0.1.0"}';

	/**
	 * Signs in; nothing is paired yet.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->sign_in_as( 'administrator' );
		delete_option( Pairing::OPTION );
		$this->answer_with( 200, self::CONFIRMED );
	}

	/**
	 * The whole way: code and public key go out, later requests are signed by the key that stayed.
	 */
	public function test_pairs_with_a_code_and_signs_with_its_own_key_afterwards() {
		$this->answer_with( 200, '{"keyId":"site-7","audience":"https://Backend.example.org:443/x/","version":"0.1.0"}' );
		$answer = $this->pair( ' https://backend.example.org/x/ ', " the-code \n" );

		$this->assertSame( 200, $answer->get_status() );
		$this->assertSame( 'https://backend.example.org/x/v1/pair', $this->sent[0]['url'] );
		$asked = json_decode( $this->sent[0]['body'], true );
		$this->assertSame( array( 'code', 'publicKey', 'siteUrl', 'siteName', 'backendUrl', 'proof' ), array_keys( $asked ) );
		$this->assertSame( 'the-code', $asked['code'] );
		$this->assertSame( Pairing::site_url(), $asked['siteUrl'] );
		$this->assertArrayNotHasKey( 'Signature', $this->sent[0]['headers'] );
		$public_key = base64_decode( $asked['publicKey'] );
		$this->assertSame( 32, strlen( $public_key ) );

		$view = $answer->get_data();
		$this->assertTrue( $view['paired'] );
		$this->assertFalse( $view['moved'] );
		$this->assertSame( 'https://backend.example.org/x', $view['backendUrl'] );
		$this->assertSame( Pairing::site_url(), $view['siteUrl'] );
		$this->assertStringStartsWith( 'SHA256:', $view['fingerprint'] );

		$credentials = ( new Pairing() )->credentials();
		$this->assertSame( $public_key, sodium_crypto_sign_publickey_from_secretkey( $credentials['secret_key'] ) );
		$this->assertSame( 'site-7', $credentials['key_id'] );
		$this->assertSame( 'https://Backend.example.org:443/x', $credentials['audience'] );
	}

	/**
	 * Who answers at the typed address must not have the site sign for another one, where it would be believed.
	 *
	 * @dataProvider other_addresses
	 *
	 * @param string $audience That the backend tells.
	 */
	public function test_signs_for_the_typed_address_only( string $audience ) {
		$this->answer_with( 200, wp_json_encode( array( 'keyId' => 'site-7', 'audience' => $audience, 'version' => '0.1.0' ) ) );
		$answer = $this->pair( 'https://backend.example.org', 'code' );
		$this->assertSame( array( 409, 'wrong_backend_address' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		$this->assertSame( array( 'address' => $audience ), $answer->get_data()['data']['detail'] );
		$this->assertFalse( get_option( Pairing::OPTION ) );
	}

	/**
	 * Addresses.
	 */
	public static function other_addresses(): array {
		return array(
			array( 'https://gateway.example.com' ),
			array( 'https://backend.example.org:8443' ),
			array( 'https://backend.example.org/x' ),
			array( 'https://backend.example.org.example.com' ),
			array( 'http://127.0.0.1:8025' ),
		);
	}

	/**
	 * A name with bytes that are no UTF-8 arrives with what can be read of it, as one line.
	 */
	public function test_tells_its_name_as_one_line_of_utf_8() {
		add_filter(
			'option_blogname',
			static function () {
				return "Z\xfcrich\n&amp; Bern";
			}
		);
		$this->pair( 'https://backend.example.org', 'code' );
		$this->assertSame( "Z\u{fffd}rich & Bern", json_decode( $this->sent[0]['body'], true )['siteName'] );
	}

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
	 * What the backend answers to a wrong code reaches the screen.
	 */
	public function test_says_what_the_backend_says_of_a_wrong_code() {
		$this->answer_with( 403, '{"code":"pairing_code_invalid","message":"No.","data":{"status":403,"detail":{"triesLeft":4}}}' );
		$answer = $this->pair( 'https://backend.example.org', 'wrong' );
		$this->assertSame( 403, $answer->get_status() );
		$this->assertSame( 'pairing_code_invalid', $answer->get_data()['code'] );
		$this->assertSame( 4, $answer->get_data()['data']['detail']->triesLeft );
		$this->assertFalse( get_option( Pairing::OPTION ) );
	}

	/**
	 * Pairing again, the site signs with its former key that it is the same one; a copy at another address does not.
	 */
	public function test_pairs_again_as_the_same_site_by_its_former_key() {
		$this->pair( 'https://backend.example.org', 'first-code' );
		$former = ( new Pairing() )->credentials();
		$this->assertArrayNotHasKey( 'signedBy', json_decode( $this->sent[0]['body'], true ) );

		$this->pair( 'https://backend.example.org', 'code' );
		$asked = json_decode( $this->sent[1]['body'], true );
		$this->assertTrue(
			sodium_crypto_sign_verify_detached(
				base64_decode( $asked['proof'] ),
				"email-gateway-pair-v2\ncode\n{$asked['publicKey']}\n{$asked['siteUrl']}\nhttps://backend.example.org",
				base64_decode( $asked['publicKey'] )
			)
		);
		$this->assertSame( 'site-7', $asked['signedBy']['keyId'] );
		$this->assertTrue(
			sodium_crypto_sign_verify_detached(
				base64_decode( $asked['signedBy']['signature'] ),
				"email-gateway-pair-again-v2\ncode\n{$asked['publicKey']}\n{$asked['siteUrl']}\nhttps://backend.example.org",
				sodium_crypto_sign_publickey_from_secretkey( $former['secret_key'] )
			)
		);
		$this->assertNotSame( $former['secret_key'], ( new Pairing() )->credentials()['secret_key'] );

		add_filter(
			'pre_option_home',
			static function () {
				return 'https://copy.example.com';
			}
		);
		$this->pair( 'https://backend.example.org', 'code' );
		$this->assertArrayNotHasKey( 'signedBy', json_decode( $this->sent[2]['body'], true ) );
	}

	/**
	 * A failed attempt leaves the pairing that works.
	 */
	public function test_a_failed_attempt_keeps_the_former_pairing() {
		$this->pair( 'https://backend.example.org', 'code' );
		$before = get_option( Pairing::OPTION );
		foreach ( array( '{"hello":"world"}', '{"keyId":"a\"b","audience":"https://x.example"}', '{"keyId":"a","audience":"http://x.example"}' ) as $body ) {
			$this->answer_with( 200, $body );
			$answer = $this->pair( 'https://backend.example.org', 'code' );
			$this->assertSame( array( 502, 'backend_refused' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
		}
		$this->be_unreachable( 'Could not resolve host' );
		$this->assertSame( 503, $this->pair( 'https://backend.example.org', 'code' )->get_status() );
		$this->assertSame( $before, get_option( Pairing::OPTION ) );
	}

	/**
	 * Addresses.
	 *
	 * @dataProvider addresses
	 *
	 * @param string      $typed    What a person typed.
	 * @param string|null $accepted As it is kept; null for none.
	 */
	public function test_asks_a_backend_over_https_or_on_this_machine( string $typed, ?string $accepted ) {
		$parsed = Backend_Address::parse( $typed );
		$this->assertSame( $accepted, is_wp_error( $parsed ) ? null : $parsed );
		if ( null === $accepted ) {
			$answer = $this->pair( $typed, 'code' );
			$this->assertSame( array( 422, 'backend_address_refused' ), array( $answer->get_status(), $answer->get_data()['code'] ) );
			$this->assertSame( array(), $this->sent );
		}
	}

	/**
	 * Typed, and as it is kept.
	 */
	public static function addresses(): array {
		$rows = array(
			array( 'https://gateway.example.com/', 'https://gateway.example.com' ),
			array( 'https://gateway.example.com:8443/a/b', 'https://gateway.example.com:8443/a/b' ),
			array( 'http://127.0.0.1:8025', 'http://127.0.0.1:8025' ),
			array( 'http://127.9.9.9', 'http://127.9.9.9' ),
			array( 'http://[::1]:8025', 'http://[::1]:8025' ),
			array( 'http://localhost:8025', 'http://localhost:8025' ),
			array( 'http://gateway.example.com', null ),
			array( 'http://10.0.0.1', null ),
			array( 'http://127.0.0.1.example.com', null ),
			array( 'http://localhost.example.com', null ),
			array( 'http://[::ffff:10.0.0.1]', null ),
			array( 'https://user:secret@gateway.example.com', null ),
			array( 'https://gateway.example.com/?a=b', null ),
			array( 'https://gateway.example.com/#a', null ),
			array( 'https://gateway.example.com/a b', null ),
			array( 'ftp://gateway.example.com', null ),
			array( 'gateway.example.com', null ),
			array( '', null ),
		);
		return array_combine( array_column( $rows, 0 ), $rows );
	}

	/**
	 * A copied database, or a site that moved, shows itself; whoever confirms is believed by the backend, not by us.
	 */
	public function test_notices_that_the_site_has_another_address_until_the_backend_accepts_it() {
		$this->pair( 'https://backend.example.org', 'code' );
		$paired_as = Pairing::site_url();
		add_filter(
			'pre_option_home',
			static function () {
				return 'https://copy.example.com';
			}
		);
		$this->assertTrue( $this->call( 'GET', '/pairing' )->get_data()['moved'] );

		$this->answer_with( 409, '{"code":"site_moved","message":"","data":{"status":409}}' );
		$this->assertSame( 409, $this->call( 'GET', '/site' )->get_status() );
		$this->assertSame( 'https://copy.example.com', $this->actor()['siteUrl'] );
		$this->assertSame( $paired_as, $this->call( 'GET', '/pairing' )->get_data()['siteUrl'] );
		$this->assertTrue( $this->call( 'GET', '/pairing' )->get_data()['moved'] );

		$this->answer_with( 200, '{"siteUrl":"https://copy.example.com"}' );
		$this->assertSame( 200, $this->call( 'POST', '/site/confirm-move', array( 'body' => '{}' ) )->get_status() );
		$this->assertFalse( $this->call( 'GET', '/pairing' )->get_data()['moved'] );
	}

	/**
	 * A language in the address, as plugins add it, is no other site.
	 */
	public function test_a_filter_of_the_moment_is_no_move() {
		$this->pair( 'https://backend.example.org', 'code' );
		add_filter(
			'home_url',
			static function ( string $url ) {
				return $url . '/de';
			}
		);
		$this->assertFalse( $this->call( 'GET', '/pairing' )->get_data()['moved'] );
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
	 * Forgetting ends the pairing at the backend, and takes the key away.
	 */
	public function test_forgets_the_backend() {
		$this->pair( 'https://backend.example.org', 'code' );
		$view = $this->call( 'DELETE', '/pairing' )->get_data();
		$this->assertSame( 'https://backend.example.org/v1/site/end-pairing', $this->sent[1]['url'] );
		$this->assertSame( array( false, null ), array( $view['paired'], $view['backendUrl'] ) );
		$this->assertFalse( get_option( Pairing::OPTION ) );
		$this->assertFalse( get_option( Former_Pairing::OPTION ) );
		$this->assertFalse( wp_next_scheduled( Former_Pairing::EVENT ) );
	}

	/**
	 * Where the backend is away, it is asked again with the former key, and only then is that destroyed.
	 */
	public function test_a_pairing_is_ended_when_the_backend_answers_again() {
		$this->pair( 'https://backend.example.org', 'code' );
		$this->be_unreachable( 'Away.' );
		$this->assertFalse( $this->call( 'DELETE', '/pairing' )->get_data()['paired'] );
		$this->assertNotFalse( wp_next_scheduled( Former_Pairing::EVENT ) );
		$this->answer_with( 503, '{"code":"busy","message":"Later."}' );
		do_action( Former_Pairing::EVENT );
		$this->assertNotFalse( get_option( Former_Pairing::OPTION ) );

		$this->answer_with( 200, '{"ended":true}' );
		do_action( Former_Pairing::EVENT );
		$this->assertCount( 4, $this->sent );
		foreach ( array_slice( $this->sent, 1 ) as $sent ) {
			$this->assertSame( 'https://backend.example.org/v1/site/end-pairing', $sent['url'] );
			$this->assertStringContainsString( 'keyid="site-7"', $sent['headers']['Signature-Input'] );
		}
		$this->assertFalse( get_option( Former_Pairing::OPTION ) );
		$this->assertFalse( wp_next_scheduled( Former_Pairing::EVENT ) );
	}

	/**
	 * A key is not kept without end for a backend that is gone.
	 */
	public function test_a_former_key_is_destroyed_after_a_week() {
		$this->pair( 'https://backend.example.org', 'code' );
		$this->be_unreachable( 'Away.' );
		$this->call( 'DELETE', '/pairing' );
		$kept = array( 'forgotten_at' => time() - WEEK_IN_SECONDS - 60 ) + get_option( Former_Pairing::OPTION );
		update_option( Former_Pairing::OPTION, $kept, false );
		do_action( Former_Pairing::EVENT );
		$this->assertCount( 2, $this->sent );
		$this->assertFalse( get_option( Former_Pairing::OPTION ) );
	}

	/**
	 * No plugin of our name at wordpress.org is offered as an update of this one.
	 */
	public function test_no_update_of_another_s_plugin_is_offered() {
		$uri = get_file_data( dirname( __DIR__ ) . '/email-gateway.php', array( 'uri' => 'Update URI' ) )['uri'];
		$this->assertStringEndsWith( '.invalid', (string) wp_parse_url( $uri, PHP_URL_HOST ) );
	}

	/**
	 * Uninstalling leaves no key behind, and ends the pairing at the backend.
	 */
	public function test_uninstalling_deletes_the_pairing() {
		update_option( 'email_gateway_clock_offset_seconds', 3 );
		$this->pair( 'https://backend.example.org', 'code' );
		update_option( 'email_gateway_clock_offset_seconds', 3 );
		update_option( 'email_gateway_former_pairing', array( 'x' ) );
		update_option( 'email_gateway_servers_to_forget', array( 4 ) );
		update_option( 'email_gateway_servers_handed_over', array( 4 ) );
		update_option( 'email_gateway_sites_to_end', array( 4 ) );
		update_option( 'email_gateway_former_pairing_of_site_4', array( 'x' ) );
		define( 'WP_UNINSTALL_PLUGIN', 'email-gateway/email-gateway.php' );
		require dirname( __DIR__ ) . '/uninstall.php';
		global $wpdb;
		$left = $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE 'email\\_gateway\\_%'" );
		$this->assertSame( array(), $left );
		$this->assertSame( 'https://backend.example.org/v1/site/end-pairing', end( $this->sent )['url'] );
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

	/**
	 * POST /pairing.
	 *
	 * @param string $backend_url As typed.
	 * @param string $code        As typed.
	 */
	private function pair( string $backend_url, string $code ): \WP_REST_Response {
		return $this->call( 'POST', '/pairing', array( 'body' => wp_json_encode( array( 'backendUrl' => $backend_url, 'code' => $code ) ) ) );
	}
}
