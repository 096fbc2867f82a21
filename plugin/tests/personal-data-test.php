<?php
/**
 * What is kept of a person's address: exported and erased by WordPress's own tools.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Contract;

/**
 * The exporter and the eraser as WordPress finds and calls them.
 */
class Personal_Data_Test extends Doorman_Test_Case {

	/**
	 * Asks as WordPress does.
	 *
	 * @param string $kind    exporter or eraser.
	 * @param string $address Mail address.
	 * @param int    $page    Counts from 1.
	 * @return array|\WP_Error
	 */
	private function ask( string $kind, string $address, int $page = 1 ) {
		$all = apply_filters( "wp_privacy_personal_data_{$kind}s", array() );
		return call_user_func( $all['email-gateway']['callback'], $address, $page );
	}

	/**
	 * An entry as the contract has it.
	 *
	 * @param string $outcome What became of the message.
	 */
	private static function entry( string $outcome ): array {
		return array( 'serverId' => 1, 'at' => '2026-11-29T12:00:00Z', 'as' => 'recipient', 'outcome' => $outcome, 'reply' => '250 ok' );
	}

	/**
	 * Pages go on until the backend has no more.
	 */
	public function test_the_exporter_asks_page_by_page_and_says_what_stays_on_servers(): void {
		$this->answer_in_turn(
			array(
				array( 200, wp_json_encode( array( 'entries' => array( self::entry( 'accepted' ) ), 'isMore' => true ) ) ),
				array( 200, wp_json_encode( array( 'entries' => array( self::entry( 'refused' ) ), 'isMore' => false ) ) ),
			)
		);
		$first = $this->ask( 'exporter', 'ann+x@example.org', 1 );
		$this->assertFalse( $first['done'] );
		$this->assertCount( 1, $first['data'] );
		$this->assertSame( 'accepted', $first['data'][0]['data'][3]['value'] );
		$second = $this->ask( 'exporter', 'ann+x@example.org', 2 );
		$this->assertTrue( $second['done'] );
		$this->assertStringContainsString( 'deleted there after two weeks', wp_json_encode( $second['data'] ) );
		$this->assertNotSame( $first['data'][0]['item_id'], $second['data'][0]['item_id'] );
		$this->assertSame( 'GET', $this->sent[1]['method'] );
		$path = Contract::routes()['readAddress']['path'];
		$this->assertSame( self::BACKEND . '/v1' . $path . '?address=ann%2Bx%40example.org&page=2', $this->sent[1]['url'] );
	}

	/**
	 * What still waits keeps the address, and WordPress is told.
	 */
	public function test_the_eraser_goes_on_until_nothing_is_left_and_says_what_keeps_the_address(): void {
		$this->answer_in_turn(
			array(
				array( 200, '{"erased":100,"kept":2,"isMore":true}' ),
				array( 200, '{"erased":7,"kept":2,"isMore":false}' ),
			)
		);
		$this->assertFalse( $this->ask( 'eraser', 'ann@example.org' )['done'] );
		$second = $this->ask( 'eraser', 'ann@example.org', 2 );
		$this->assertSame( array( true, true, true ), array( $second['done'], $second['items_removed'], $second['items_retained'] ) );
		$this->assertStringContainsString( '2 messages that still wait', $second['messages'][0] );
		$this->assertCount( 2, $second['messages'] );
		$this->assertSame( '{"address":"ann@example.org"}', $this->sent[0]['body'] );
		$this->assertSame( 'POST', $this->sent[0]['method'] );
	}

	/**
	 * An export must not look complete where nothing was asked.
	 */
	public function test_a_backend_that_is_away_is_told_as_a_failure(): void {
		$this->be_unreachable( 'timed out' );
		$this->assertTrue( is_wp_error( $this->ask( 'exporter', 'ann@example.org' ) ) );
		$this->answer_with( 503, '{"code":"not_ready","detail":{"reason":"database"}}' );
		$this->assertTrue( is_wp_error( $this->ask( 'eraser', 'ann@example.org' ) ) );
	}

	/**
	 * A site that was never paired has nothing.
	 */
	public function test_a_site_that_is_not_paired_asks_nobody(): void {
		( new \Email_Gateway\Pairing() )->forget();
		$this->assertSame( array( 'data' => array(), 'done' => true ), $this->ask( 'exporter', 'ann@example.org' ) );
		$this->assertTrue( $this->ask( 'eraser', 'ann@example.org' )['done'] );
		$this->assertSame( array(), $this->sent );
	}
}
