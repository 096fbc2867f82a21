<?php
/**
 * The backend's clock and ours.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Clock;

/**
 * Which time is signed when the two differ.
 */
class Backend_Clock_Test extends Backend_Client_Test_Case {

	/**
	 * A clock that is wrong costs one more request, once.
	 */
	public function test_corrects_its_clock_by_the_backend_s_and_asks_once_more() {
		$now = time() + 300;
		$this->answer_in_turn(
			array(
				array( 401, '{"code":"signature_too_old","message":"","data":{"status":401,"now":' . $now . '}}' ),
				array( 200, '{"served":true}' ),
			)
		);
		$this->assertSame( 200, $this->call( 'GET', "/servers/{$this->server_id}" )->get_status() );
		$this->assertCount( 2, $this->sent );
		$this->assertEqualsWithDelta( $now, $this->created(), 2 );
		$this->assertNotSame( $this->sent[0]['headers']['Signature-Input'], $this->sent[1]['headers']['Signature-Input'] );

		$this->call( 'GET', "/servers/{$this->server_id}" );
		$this->assertCount( 3, $this->sent );
		$this->assertEqualsWithDelta( $now, $this->created(), 2 );
	}

	/**
	 * Whoever answers in the backend's place cannot have a click signed for another day.
	 *
	 * @dataProvider clocks_far_away
	 *
	 * @param int $offset Seconds.
	 */
	public function test_signs_nothing_for_another_day( int $offset ) {
		$this->answer_with( 401, '{"code":"signature_too_old","message":"","data":{"status":401,"now":' . ( time() + $offset ) . '}}' );
		$data = $this->call( 'GET', "/servers/{$this->server_id}" )->get_data();
		$this->assertSame( array( 502, 'signature_too_old' ), array( $data['data']['status'], $data['code'] ) );
		// A slow machine takes its time to ask.
		$this->assertEqualsWithDelta( $offset, (int) $data['data']['reason'], 5 );
		$this->assertCount( 1, $this->sent );
		$this->assertEqualsWithDelta( time(), $this->created(), 5 );
		$this->assertFalse( get_option( Backend_Clock::OPTION ) );
	}

	/**
	 * Offsets that no clock set by a time server has.
	 */
	public static function clocks_far_away(): array {
		return array( 'a year ahead' => array( 31536000 ), 'a day behind' => array( -86400 ), 'more than ten minutes' => array( 605 ) );
	}

	/**
	 * An offset from before it was bounded counts no more.
	 */
	public function test_signs_by_no_offset_that_is_too_great() {
		update_option( Backend_Clock::OPTION, 31536000 );
		$this->answer_with( 200, '{"served":true}' );
		$this->call( 'GET', "/servers/{$this->server_id}" );
		$this->assertEqualsWithDelta( time(), $this->created(), 5 );
	}

	/**
	 * A backend that keeps saying so is not asked for ever.
	 */
	public function test_asks_no_third_time() {
		$this->answer_with( 401, '{"code":"signature_too_old","message":"","data":{"status":401,"now":' . ( time() + 9 ) . '}}' );
		$this->assert_refused( 502, 'backend_refused', 'signature_too_old' );
		$this->assertCount( 2, $this->sent );
	}
}
