<?php
/**
 * The list of servers as a fleet.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fleet\Fleet_Filters;
use Email_Gateway\Fleet\Fleet_List;
use Email_Gateway\Fleet\Fleet_Mirror;
use Email_Gateway\Fleet\Fleet_Views;
use Email_Gateway\Fleet\Saved_Views;
use Email_Gateway\Backend_Client;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Servers\Server_List;

/**
 * What the backend is told, what it is asked, and what of its answer a person sees.
 */
class Fleet_Test extends Doorman_Test_Case {

	/**
	 * The mirror, hooked up in place of the plugin's own.
	 *
	 * @var Fleet_Mirror
	 */
	private $mirror;

	/**
	 * The list, hooked up in place of the plugin's own.
	 *
	 * @var Fleet_List
	 */
	private $fleet;

	/**
	 * Parts that have seen nothing yet.
	 */
	protected function setUp(): void {
		parent::setUp();
		$pairing      = new Pairing();
		$backend      = new Backend_Client( $pairing );
		$this->mirror = new Fleet_Mirror( new Own_Servers(), $pairing, $backend );
		$this->fleet  = new Fleet_List( $pairing, $backend, $this->mirror );
		$this->hook_up( $this->mirror );
		$this->hook_up( $this->fleet );
		$this->hook_up( new Fleet_Views( $this->fleet ) );
		$this->hook_up( new Server_List( new Own_Servers(), $this->fleet ) );
		$this->answer_with( 200, '{"changed":1,"servers":[]}' );
		wp_unschedule_hook( Fleet_Mirror::EVENT );
		foreach ( get_posts( array( 'post_type' => Own_Servers::POST_TYPE, 'post_status' => array_values( get_post_stati() ), 'numberposts' => -1, 'fields' => 'ids' ) ) as $id ) {
			wp_delete_post( $id, true );
		}
		$this->mirror->tell_changed();
		$this->sent = array();
		set_current_screen( 'edit-' . Own_Servers::POST_TYPE );
	}

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
	 * Has the backend answer with a page of 42 that were found.
	 *
	 * @param int   $all How many there are.
	 * @param int[] $ids On the page.
	 */
	private function answer( int $all, array $ids ): void {
		$rows = array_map(
			static function ( int $id ): array {
				return array( 'serverId' => $id, 'host' => '<b>', 'state' => 'waiting', 'hasGateway' => true, 'lastTest' => null, 'checkedAt' => '2026-11-30T12:00:00.000Z' );
			},
			$ids
		);
		$this->answer_with( 200, wp_json_encode( array( 'servers' => $rows, 'found' => 42, 'all' => $all, 'trouble' => 7, 'withGateway' => 1 ) ) );
	}

	/**
	 * Ids as the main query of the list finds them.
	 *
	 * @param array $asked More of the address.
	 * @return int[]
	 */
	private function listed( array $asked ): array {
		$this->sent              = array();
		$GLOBALS['wp_the_query'] = new \WP_Query();
		$GLOBALS['wp_query']     = $GLOBALS['wp_the_query'];
		return wp_list_pluck( $GLOBALS['wp_query']->query( $asked + array( 'post_type' => Own_Servers::POST_TYPE, 'posts_per_page' => 20 ) ), 'ID' );
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

	/**
	 * The links above the list.
	 */
	private function views(): array {
		return apply_filters( 'views_edit-email_gateway_server', array( 'all' => 'All (2)', 'publish' => 'Published (2)' ) );
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
