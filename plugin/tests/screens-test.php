<?php
/**
 * What the screens begin with.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Early_Screen;
use Email_Gateway\Backend_Client;
use Email_Gateway\Access;
use Email_Gateway\Contract;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;

/**
 * The boxes of a server, and what the script hears.
 */
class Screens_Test extends Doorman_Test_Case {

	/**
	 * Two boxes, which say which server they show.
	 */
	public function test_a_server_s_screen_has_two_boxes_for_the_script() {
		$server_id = $this->make_server( $this->sign_in_as( 'subscriber' ) );
		$this->assertSame(
			array(
				'Server Connection' => "<div class=\"email-gateway-app\" data-screen=\"connection\" data-server-id=\"{$server_id}\"></div><noscript>JavaScript is required for this page.</noscript>",
				'Email Gateway'     => "<div class=\"email-gateway-app\" data-screen=\"gateway\" data-server-id=\"{$server_id}\"></div><noscript>JavaScript is required for this page.</noscript>",
			),
			$this->boxes( $server_id )
		);
	}

	/**
	 * Before the script runs, the state can be read and the first fields typed into: in the words of the script, from one
	 * question, and nothing where the backend is silent.
	 */
	public function test_a_server_s_screen_can_be_used_before_its_script() {
		set_current_screen( Own_Servers::POST_TYPE );
		$this->sign_in_as( 'administrator' );
		$server_id = $this->make_server( get_current_user_id() );
		$this->answer_with( 200, '{"serverId":' . $server_id . ',"connection":{"host":"\"><i>","sshPort":2222,"sshUser":"root","hostKey":null},"gateway":{"state":"not_connected"}}' );
		$early = new Early_Screen( new Access( new Own_Servers() ), new Backend_Client( new Pairing() ) );
		$this->assertSame( '<p class="email-gateway-head"><span class="email-gateway-pill is-quiet">Not connected</span></p>', $early->html( $server_id, 'gateway' ) );
		$fields = $early->html( $server_id, 'connection' );
		$this->assertStringContainsString( '<label>Host <input type="text" form="email-gateway" data-early="host" value="&quot;&gt;&lt;i&gt;"', $fields );
		$this->assertStringContainsString( 'data-early="sshPort" value="2222"', $fields );
		$this->assertStringNotContainsString( 'name=', $fields );
		$this->assertCount( 1, $this->sent );
		$this->assertStringEndsWith( "/v1/servers/{$server_id}", $this->sent[0]['url'] );

		$this->be_unreachable( 'Connection refused' );
		$early = new Early_Screen( new Access( new Own_Servers() ), new Backend_Client( new Pairing() ) );
		$this->assertSame( array( '', '', null ), array( $early->html( $server_id, 'gateway' ), $early->html( $server_id, 'connection' ), $early->view( $server_id ) ) );
	}

	/**
	 * A server that has no number yet cannot be set up.
	 */
	public function test_a_server_that_was_never_saved_is_to_be_saved_first() {
		$server_id = $this->make_server( $this->sign_in_as( 'administrator' ), 'auto-draft' );
		foreach ( $this->boxes( $server_id ) as $html ) {
			$this->assertStringContainsString( 'save it', $html );
			$this->assertStringNotContainsString( 'email-gateway-app', $html );
		}
	}

	/**
	 * Other posts get none of it.
	 */
	public function test_other_posts_get_no_box() {
		$this->sign_in_as( 'administrator' );
		$page_id = wp_insert_post( array( 'post_type' => 'page', 'post_title' => 'A page' ) );
		$this->assertSame( array(), $this->boxes( $page_id ) );
	}

	/**
	 * WordPress's dialog "is currently editing" covers a page, and no server.
	 */
	public function test_two_people_may_look_at_one_server() {
		$user    = wp_get_current_user();
		$server  = get_post( $this->make_server( $this->sign_in_as( 'administrator' ) ) );
		$page_id = wp_insert_post( array( 'post_type' => 'page', 'post_title' => 'A page' ) );
		$this->assertFalse( apply_filters( 'show_post_locked_dialog', true, $server, $user ) );
		$this->assertTrue( apply_filters( 'show_post_locked_dialog', true, get_post( $page_id ), $user ) );
	}

	/**
	 * The scripts hear what the person may do with this server.
	 */
	public function test_the_script_hears_who_may_what() {
		$owner = $this->sign_in_as( 'subscriber' );
		$page  = $this->page_at( $this->make_server( $owner ) );
		$this->assertSame( array( 'run_gateway', 'see_mail_log' ), $page['may'] );
		$this->assertTrue( $page['paired'] );
		$this->assertSame( get_userdata( $owner )->user_email, $page['currentUserMail'] );
		$this->assertSame( wp_parse_url( home_url(), PHP_URL_HOST ), $page['siteDomain'] );

		delete_option( Pairing::OPTION );
		$page = $this->page_at( $this->make_server( $this->sign_in_as( 'administrator' ) ) );
		$this->assertSame( Contract::permissions(), $page['may'] );
		$this->assertFalse( $page['paired'] );
	}

	/**
	 * A hostile name cannot leave the script element.
	 */
	public function test_what_is_printed_cannot_end_the_script() {
		add_filter(
			'pre_option_home',
			static function () {
				return 'https://</script><script>alert(1)</script>.example';
			}
		);
		$this->assertStringNotContainsString( '</script>', $this->printed_at( $this->make_server( $this->sign_in_as( 'administrator' ) ) ) );
	}

	/**
	 * What stands in our boxes, by their titles.
	 *
	 * @param int $post_id Of any post.
	 */
	private function boxes( int $post_id ): array {
		global $wp_meta_boxes;
		$post          = get_post( $post_id );
		$wp_meta_boxes = array();
		set_current_screen( $post->post_type );
		do_action( 'add_meta_boxes', $post->post_type, $post );
		$html = array();
		$boxes = array_filter( $wp_meta_boxes[ $post->post_type ]['normal']['high'] ?? array() ); // A box taken away leaves false behind.
		foreach ( $boxes as $box ) {
			ob_start();
			call_user_func( $box['callback'], $post, $box );
			$html[ $box['title'] ] = ob_get_clean();
		}
		return $html;
	}

	/**
	 * The object that the scripts find.
	 *
	 * @param int $server_id Whose edit screen is shown.
	 */
	private function page_at( int $server_id ): array {
		preg_match( '/^window\.emailGateway = (.*);$/', $this->printed_at( $server_id ), $found );
		$page = json_decode( $found[1], true );
		$this->assertSame( $server_id, $page['serverId'] );
		return $page;
	}

	/**
	 * What is printed before the script on the edit screen of a server.
	 *
	 * @param int $server_id Whose edit screen is shown.
	 */
	private function printed_at( int $server_id ): string {
		if ( ! is_file( dirname( __DIR__ ) . '/build/metabox.asset.php' ) ) {
			$this->fail( 'The scripts are not built: npm run build --workspace @email-gateway/plugin' );
		}
		$GLOBALS['wp_scripts'] = null;
		$GLOBALS['post']       = get_post( $server_id );
		set_current_screen( Own_Servers::POST_TYPE );
		do_action( 'admin_enqueue_scripts', 'post.php' );
		$this->assertTrue( wp_script_is( 'email-gateway-metabox' ) );
		return wp_scripts()->get_data( 'email-gateway-metabox', 'before' )[1];
	}
}
