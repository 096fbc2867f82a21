<?php
/**
 * Pairing with a backend.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Pairing;

/**
 * How a pairing is made, and made again.
 */
class Pairing_Test extends Pairing_Test_Case {

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
	 * No plugin of our name at wordpress.org is offered as an update of this one.
	 */
	public function test_no_update_of_another_s_plugin_is_offered() {
		$uri = get_file_data( dirname( __DIR__ ) . '/email-gateway.php', array( 'uri' => 'Update URI' ) )['uri'];
		$this->assertStringEndsWith( '.invalid', (string) wp_parse_url( $uri, PHP_URL_HOST ) );
	}
}
