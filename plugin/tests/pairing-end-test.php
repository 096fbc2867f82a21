<?php
/**
 * The end of a pairing.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Former_Pairing;
use Email_Gateway\Pairing;

/**
 * How a pairing is forgotten here and ended there.
 */
class Pairing_End_Test extends Pairing_Test_Case {

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
}
