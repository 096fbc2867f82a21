<?php
/**
 * Sites of a network that are deleted.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Deleted_Sites;
use Email_Gateway\Former_Pairing;
use Email_Gateway\Pairing;

/**
 * A deleted site leaves nothing here, and no pairing at a backend.
 */
class Deleted_Sites_Test extends Network_Test_Case {

	/**
	 * Deleting a site of the network ends its pairing, as that site; that of the main site stays.
	 */
	public function test_deleting_a_site_ends_its_pairing() {
		$this->pair_second();
		$this->delete_second();
		$this->assertSame( array( 'https://second.example.com/v1/site/end-pairing' ), array_column( $this->sent, 'url' ) );
		$this->assertStringContainsString( 'keyid="key-2"', $this->sent[0]['headers']['Signature-Input'] );
		$this->assertSame( array( 'http://127.0.0.1/second', array( 'manage_site' ) ), array( $this->actor()['siteUrl'], $this->actor()['may'] ) );
		$this->assertLessThanOrEqual( Backend_Client::SHORT_SECONDS, $this->sent[0]['timeout'] );
		$this->assert_nothing_is_left_of_second();
		$this->assertTrue( ( new Pairing() )->is_usable() );
	}

	/**
	 * Where the backend is away, the main site asks it every hour, with a key that outlives its site for that alone.
	 */
	public function test_a_deleted_site_is_ended_when_the_backend_answers_again() {
		$this->pair_second();
		$this->be_unreachable( 'Away.' );
		remove_action( 'wp_uninitialize_site', 'wp_uninitialize_site' );
		do_action( 'wp_uninitialize_site', get_site( $this->second_id ) );
		$this->delete_second();
		// Nobody waits for each of many sites.
		$this->assertCount( 1, $this->sent );
		$this->assertNotFalse( get_option( Former_Pairing::OPTION . "_of_site_{$this->second_id}" ) );
		$this->assertNotFalse( wp_next_scheduled( Deleted_Sites::EVENT ) );

		$this->answer_in_turn( array( array( 503, '{"code":"busy","message":"Later."}' ), array( 200, '{"ended":true}' ) ) );
		foreach ( array( 2, 3 ) as $asked ) {
			wp_clear_scheduled_hook( Deleted_Sites::EVENT );
			do_action( Deleted_Sites::EVENT );
			$this->assertCount( $asked, $this->sent );
			$this->assertSame( 'http://127.0.0.1/second', $this->actor()['siteUrl'] );
			$this->assertSame( 2 === $asked, false !== wp_next_scheduled( Deleted_Sites::EVENT ) );
		}
		$this->assert_nothing_is_left_of_second();
		$this->assertTrue( ( new Pairing() )->is_usable() );
	}

	/**
	 * A site that is not paired asks nobody anything.
	 */
	public function test_deleting_a_site_that_is_not_paired_asks_nothing() {
		$this->delete_second();
		$this->assertSame( array(), $this->sent );
		$this->assert_nothing_is_left_of_second();
	}

	/**
	 * No key, no number, no event.
	 */
	private function assert_nothing_is_left_of_second(): void {
		$this->assertFalse( get_option( Former_Pairing::OPTION . "_of_site_{$this->second_id}" ) );
		$this->assertFalse( get_option( Deleted_Sites::OPTION ) );
		$this->assertFalse( wp_next_scheduled( Deleted_Sites::EVENT ) );
	}
}
