<?php
/**
 * Tools → Mail Log.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Access;
use Email_Gateway\Servers\Newest_Servers;
use Email_Gateway\Servers\Own_Servers;

/**
 * Who has the page, and whose mail is on it.
 */
class Mail_Log_Page_Test extends Doorman_Test_Case {

	/**
	 * It is there for who may see the mail of the site, and for owners of servers.
	 */
	public function test_it_is_for_who_may_see_mail() {
		$this->sign_in_as( 'administrator' );
		$this->assertSame( 'email_gateway_see_mail_log', $this->needed() );
		$this->sign_in_as( 'editor' );
		$this->assertNull( $this->needed() );
		$this->make_server( $this->sign_in_as( 'subscriber' ) );
		$this->assertSame( 'read', $this->needed() );
	}

	/**
	 * An owner is shown their servers, and who may see all of them all: also without managing the site.
	 */
	public function test_it_shows_the_servers_whose_mail_may_be_seen() {
		$another = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$owner   = $this->sign_in_as( 'subscriber' );
		$own     = $this->make_server( $owner );
		$this->assertSame( array( $own ), $this->shown() );
		$this->sign_in_as( 'editor' );
		$this->assertSame( array(), $this->shown() );
		add_filter( 'email_gateway_see_mail_log', static fn (): array => array( 'edit_others_posts' ) );
		$this->assertEqualsCanonicalizing( array( $own, $another ), $this->shown() );
		$this->assertSame( 'email_gateway_see_mail_log', $this->needed() );
		wp_set_current_user( $owner );
		$this->assertSame( array(), $this->shown() );
	}

	/**
	 * The backend is told which of the servers are the person's own, and only where it has to know.
	 */
	public function test_the_backend_hears_which_servers_are_the_person_s_own() {
		$another = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$own     = $this->make_server( $this->sign_in_as( 'editor' ) );
		add_filter( 'email_gateway_see_mail_log', static fn (): array => array( 'edit_others_posts' ) );
		$query = array( 'query' => array( 'ids' => "{$own},{$another}" ) );
		$this->assertSame( 200, $this->call( 'GET', '/mail-log', $query )->get_status() );
		$this->assertSame( array( $own ), $this->actor()['own'] );
		$this->call( 'GET', '/servers', array( 'query' => array( 'ids' => "{$own}" ) ) );
		$this->assertArrayNotHasKey( 'own', $this->actor() );
	}

	/**
	 * The capability that the menu asks for; null where the page is not there.
	 */
	private function needed(): ?string {
		global $submenu, $menu;
		$submenu = array();
		$menu    = array();
		do_action( 'admin_menu' );
		return array_column( $submenu['tools.php'] ?? array(), 1, 2 )['email-gateway-mail-log'] ?? null;
	}

	/**
	 * Ids of the servers on it.
	 *
	 * @return int[]
	 */
	private function shown(): array {
		$servers = new Own_Servers();
		return array_column( Newest_Servers::with_mail_shown( $servers, new Access( $servers ) ), 'id' );
	}
}
