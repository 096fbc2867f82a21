<?php
/**
 * Where a backend is, and where this site is.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Address;
use Email_Gateway\Pairing;

/**
 * Which addresses are paired with, and what a moved site does.
 */
class Pairing_Address_Test extends Pairing_Test_Case {

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
}
