<?php
/**
 * A test of fixed default settings.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fixed_Defaults;

/**
 * What is fixed is taken back after each test.
 */
abstract class Fixed_Defaults_Test_Case extends Doorman_Test_Case {

	const SAVED    = '{"accounts":[{"id":"00000000-0000-4000-8000-000000000001","name":"Defaults","isDefault":true,"dailyLimit":null,"smtpServer":"saved.example.com","smtpPort":465,"userName":"saved","sendingDomain":"example.com","note":"mine","version":3,"at":"2026-11-23T12:00:00Z","proved":null,"today":{"used":0,"limit":null},"of a later version":1,"usedBy":{"servers":0,"withOlderValues":0,"listed":[],"channels":[]}}],"customersMayUse":false}';

	/**
	 * Clears the environment.
	 */
	protected function tearDown(): void {
		array_map( 'putenv', Fixed_Defaults::NAMES );
		parent::tearDown();
	}

	/**
	 * What this part does when a page of wp-admin is opened: WordPress's own hooks of it ask the internet for updates.
	 */
	protected function open_a_page(): void {
		foreach ( $GLOBALS['wp_filter']['admin_init']->callbacks as $callbacks ) {
			foreach ( array_column( $callbacks, 'function' ) as $callback ) {
				if ( is_array( $callback ) && $callback[0] instanceof Fixed_Defaults ) {
					call_user_func( $callback );
				}
			}
		}
	}
}
