<?php
/**
 * The list of servers as a fleet.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fleet\Saved_Views;

/**
 * What the list shows, and whose servers.
 */
class Fleet_Test extends Fleet_Test_Case {

	/**
	 * The page that the backend found is what is shown, in its order, with the number of all pages.
	 */
	public function test_the_list_is_what_the_backend_found() {
		$admin = $this->sign_in_as( 'administrator' );
		$ids   = array( $this->make_server( $admin ), $this->make_server( $admin ), $this->make_server( $admin ) );
		$this->answer( 3, array( $ids[2], $ids[0] ) );
		$_GET = array( 'orderby' => 'email_gateway_gateway', 'order' => 'DESC', 'email_gateway_state' => 'waiting', 's' => '50%', 'email_gateway_there' => 'maybe' );
		$this->assertSame( array( $ids[2], $ids[0] ), $this->listed( array( 'posts_per_page' => 2 ) ) );
		$this->assertSame( array( 42, 21 ), array( $GLOBALS['wp_query']->found_posts, (int) $GLOBALS['wp_query']->max_num_pages ) );
		$this->assertSame( 'search=50%25&state=waiting&sort=state&order=desc&page=1&size=2', wp_parse_url( $this->sent[0]['url'], PHP_URL_QUERY ) );
		$this->assertSame( array( 'manage_site', 'run_gateway' ), $this->actor()['may'] );
		$this->assertStringContainsString( '>Mail is waiting</span>', $this->cell( 'gateway', $ids[0] ) );
		$this->assertStringContainsString( '>&lt;b&gt;</span>', $this->cell( 'host', $ids[0] ) );
		$this->assertSame( array( 'all', 'trouble' ), array_keys( $this->views() ) );
		$this->assertStringContainsString( '(7)', $this->views()['trouble'] );
	}

	/**
	 * An owner's list is limited to what WordPress says is theirs, whatever the address asks for.
	 */
	public function test_an_owner_s_list_names_the_own_servers_alone() {
		$admin = $this->sign_in_as( 'administrator' );
		$this->make_server( $admin );
		$this->sign_in_as( 'subscriber' );
		$own = $this->make_server( get_current_user_id() );
		$this->answer( 1, array( $own ) );
		$_GET = array( 'author' => (string) $admin );
		$this->assertSame( array( $own ), $this->listed( array() ) );
		$this->assertSame( "sort=name&order=asc&page=1&size=20&within={$own}", wp_parse_url( $this->sent[0]['url'], PHP_URL_QUERY ) );
		$this->assertSame( array( 'run_gateway' ), $this->actor()['may'] );
		$this->assertArrayNotHasKey( 'trash', $this->views() );
	}

	/**
	 * A view is kept with the person, and is a link with what it filters by.
	 */
	public function test_a_view_is_saved_and_deleted() {
		$admin  = $this->sign_in_as( 'administrator' );
		$server = $this->make_server( $admin );
		$this->save_view( array( 'name' => ' Mine <b>', 'view' => array( 'author' => '7', 'evil' => 'x', 's' => '' ) ) );
		$this->assertSame( array( 'Mine' => array( 'author' => '7' ) ), Saved_Views::all() );
		$this->answer( 1, array( $server ) );
		$_GET = array( 'author' => '7' );
		$this->listed( array() );
		$this->assertMatchesRegularExpression( '~author=7" class="current".*>Mine ~', $this->views()['saved-Mine'] );
		$this->sign_in_as( 'administrator' );
		$this->assertSame( array(), Saved_Views::all() );
		wp_set_current_user( $admin );
		$this->save_view( array( 'delete' => 'Mine' ) );
		$this->assertSame( array(), Saved_Views::all() );
	}

	/**
	 * Sends the form of Save View.
	 *
	 * @param array $form Its fields.
	 */
	private function save_view( array $form ): void {
		$_POST    = wp_slash( $form );
		$_REQUEST = $_POST + array( '_wpnonce' => wp_create_nonce( Saved_Views::ACTION ) );
		$leave    = static function () {
			throw new \Exception( 'sent on' );
		};
		add_filter( 'wp_redirect', $leave );
		try {
			do_action( 'admin_post_' . Saved_Views::ACTION );
			$this->fail( 'nobody was sent on' );
		} catch ( \Exception $sent_on ) {
			$this->assertSame( 'sent on', $sent_on->getMessage() );
		}
		remove_filter( 'wp_redirect', $leave );
	}

	/**
	 * A cell of the list.
	 *
	 * @param string $column    Without the prefix.
	 * @param int    $server_id Of the row.
	 */
	private function cell( string $column, int $server_id ): string {
		ob_start();
		do_action( 'manage_email_gateway_server_posts_custom_column', "email_gateway_{$column}", $server_id );
		return (string) ob_get_clean();
	}
}
