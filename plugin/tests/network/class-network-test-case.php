<?php
/**
 * A test in a network of sites.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Deleted_Sites;
use Email_Gateway\Pairing;

/**
 * The first site is paired; the second one with another backend, by another key.
 */
abstract class Network_Test_Case extends Doorman_Test_Case {

	/**
	 * Id of the second site.
	 *
	 * @var int
	 */
	protected $second_id;

	/**
	 * The keys of the second site, raw.
	 *
	 * @var array{public: string, secret: string}
	 */
	protected $second_keys;

	/**
	 * The first site is paired; the second one with another backend, by another key.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->second_id   = (int) get_sites( array( 'path' => '/second/', 'fields' => 'ids' ) )[0];
		$this->second_keys = Pairing::make_keys();
		switch_to_blog( $this->second_id );
		$this->hook_up( new Deleted_Sites() );
	}

	/**
	 * Back to the first site.
	 */
	protected function tearDown(): void {
		while ( ms_is_switched() ) {
			restore_current_blog();
		}
		parent::tearDown();
	}

	/**
	 * Deletes the second site as WordPress does, but for its tables: dropping them would end the test's transaction. The
	 * main site is the present one afterwards.
	 */
	protected function delete_second(): void {
		remove_action( 'wp_uninitialize_site', 'wp_uninitialize_site' );
		$this->assertInstanceOf( \WP_Site::class, wp_delete_site( $this->second_id ) );
		restore_current_blog();
		$this->assertSame( get_main_site_id(), get_current_blog_id() );
	}

	/**
	 * Pairs the second site, which is the current one.
	 */
	protected function pair_second(): void {
		$confirmed = array( 'key_id' => 'key-2', 'audience' => 'https://second.example.com' );
		( new Pairing() )->keep( 'https://second.example.com', $this->second_keys, $confirmed );
	}
}
