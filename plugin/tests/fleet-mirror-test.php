<?php
/**
 * The mirror of names and owners.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fleet\Fleet_Mirror;

/**
 * What the backend is told of servers.
 */
class Fleet_Mirror_Test extends Fleet_Test_Case {

	/**
	 * Adding, renaming, trashing and deleting are told when the request ends, as what is in the range now.
	 */
	public function test_a_change_is_told() {
		$owner  = $this->sign_in_as( 'administrator' );
		$server = $this->make_server( $owner );
		$this->assertSame( array(), $this->sent );
		$this->mirror->tell_changed();
		$named = array( 'serverId' => $server, 'name' => 'web1', 'owner' => $owner );
		$this->assertSame( array( array( 'firstId' => $server, 'lastId' => $server, 'servers' => array( $named ) ) ), $this->told() );
		$this->assertSame( array( 'manage_site' ), $this->actor()['may'] );

		wp_update_post( array( 'ID' => $server, 'post_title' => 'Büro' ) );
		$this->mirror->tell_changed();
		$this->assertSame( 'Büro', $this->told()[1]['servers'][0]['name'] );
		wp_trash_post( $server );
		$this->mirror->tell_changed();
		$this->assertSame( array(), $this->told()[2]['servers'] );
		wp_insert_post( array( 'post_title' => 'a page' ) );
		$this->mirror->tell_changed();
		$this->assertCount( 3, $this->told() );
	}

	/**
	 * A backend that is silent hears all of it later, in pieces that name whole ranges.
	 */
	public function test_what_was_missed_heals() {
		$this->sign_in_as( 'administrator' );
		$ids = array( $this->make_server( get_current_user_id() ), $this->make_server( get_current_user_id() ) );
		$this->be_unreachable( 'Connection refused' );
		$this->mirror->tell_changed();
		$this->assertNotFalse( wp_next_scheduled( Fleet_Mirror::EVENT, array( 1 ) ) );
		$this->answer_with( 200, '{"changed":2}' );
		$this->sent = array();
		do_action( Fleet_Mirror::EVENT, 1 );
		list( $piece ) = $this->told();
		$this->assertSame( array( 1, null, $ids ), array( $piece['firstId'], $piece['lastId'], array_column( $piece['servers'], 'serverId' ) ) );
	}

	/**
	 * A mirror that is not whole hides no server: WordPress's own query stays, it says so, and cron mends it.
	 */
	public function test_a_mirror_that_is_not_whole_hides_nothing() {
		$admin = $this->sign_in_as( 'administrator' );
		$ids   = array( $this->make_server( $admin ), $this->make_server( $admin ) );
		$this->answer( 1, array( $ids[0] ) );
		$_GET = array( 'email_gateway_trouble' => 'yes' );
		$this->assertSame( $ids, $this->listed( array( 'orderby' => 'ID', 'order' => 'ASC' ) ) );
		$this->assertSame( 'not_whole', $this->fleet->missed() );
		$this->assertNotFalse( wp_next_scheduled( Fleet_Mirror::EVENT, array( 1 ) ) );
		$this->be_unreachable( 'Connection refused' );
		$this->assertCount( 2, $this->listed( array() ) );
		$this->assertSame( 'silent', $this->fleet->missed() );
		$this->assertSame( array( 'all' ), array_keys( $this->views() ) );
	}

	/**
	 * What the mirror was told, in turn.
	 *
	 * @return array[]
	 */
	private function told(): array {
		$bodies = array();
		foreach ( $this->sent as $request ) {
			if ( '/v1/fleet/entries' === substr( $request['url'], -17 ) ) {
				$bodies[] = json_decode( $request['body'], true );
			}
		}
		return $bodies;
	}
}
