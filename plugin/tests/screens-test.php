<?php
/**
 * What PHP prints for the scripts.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Early_Screen;
use Email_Gateway\Backend_Client;
use Email_Gateway\Access;
use Email_Gateway\Contract;
use Email_Gateway\Pairing;
use Email_Gateway\Privacy;
use Email_Gateway\Servers\Own_Servers;

/**
 * Boxes, the settings page and what the scripts are told.
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
	 * The settings page stands in the menu of those who may use it.
	 */
	public function test_the_settings_page_is_for_administrators() {
		global $submenu, $menu;
		foreach ( array( 'administrator' => true, 'editor' => false, 'subscriber' => false ) as $role => $expected ) {
			$this->sign_in_as( $role );
			$submenu = array();
			$menu    = array();
			do_action( 'admin_menu' );
			$slugs = array_column( $submenu['options-general.php'] ?? array(), 2 );
			$this->assertSame( $expected, in_array( 'email-gateway', $slugs, true ), $role );
		}
	}

	/**
	 * The suggested policy and the readme name all that is told of a person with each request: a new field needs a word
	 * in both.
	 */
	public function test_the_policy_names_what_is_told_of_a_person() {
		$words = array(
			'userId'        => 'user id',
			'login'         => 'login name',
			'siteAdminMail' => 'administration address of the site',
			'may'           => 'permissions',
			'siteUrl'       => 'the address of the site',
			'owner'         => 'the user id of its owner',
		);
		$this->call( 'GET', '/servers/' . $this->make_server( $this->sign_in_as( 'subscriber' ) ) );
		$this->assertSame( array_keys( $words ), array_keys( $this->actor() ) );
		$readme = file_get_contents( dirname( __DIR__ ) . '/readme.txt' );
		// What the backend tells others, and what stays.
		$passed_on = array( 'to the mail provider|to your mail provider', 'directory of Thunderbird', 'to the channels that were saved', 'after eleven minutes', 'alerts and what was wrong for thirty days', 'The record of who did what' );
		foreach ( $passed_on as $words_of_either ) {
			$this->assertMatchesRegularExpression( "/{$words_of_either}/", implode( ' ', Privacy::paragraphs() ) );
			$this->assertMatchesRegularExpression( "/{$words_of_either}/", $readme );
		}
		foreach ( $words as $word ) {
			$this->assertStringContainsString( $word, implode( ' ', Privacy::paragraphs() ) );
			$this->assertStringContainsString( $word, $readme );
		}
	}

	/**
	 * Site Health says in one line how it stands.
	 *
	 * @dataProvider healths
	 *
	 * @param int    $status   HTTP status of the backend's answer; 0 for none, -1 for no pairing.
	 * @param string $body     Of the answer.
	 * @param string $expected good, recommended or critical.
	 */
	public function test_site_health_tells_how_the_backend_is( int $status, string $body, string $expected ) {
		$this->sign_in_as_who_sees_site_health();
		if ( -1 === $status ) {
			delete_option( Pairing::OPTION );
		} elseif ( 0 === $status ) {
			$this->be_unreachable( $body );
		} else {
			$this->answer_with( $status, $body );
		}
		$answer = $this->call( 'GET', '/site-health' );
		$this->assertSame( array( 200, $expected ), array( $answer->get_status(), $answer->get_data()['status'] ) );
		$this->sign_in_as( 'subscriber' );
		$this->assertSame( 403, $this->call( 'GET', '/site-health' )->get_status() );
	}

	/**
	 * Answers, and what they mean.
	 */
	public static function healths(): array {
		return array(
			'works'       => array( 200, '{"siteUrl":"x","keyBesideDatabase":false}', 'good' ),
			'key in copy' => array( 200, '{"siteUrl":"x","keyBesideDatabase":true}', 'recommended' ),
			'moved'       => array( 409, '{"code":"site_moved","message":"","data":{"status":409}}', 'critical' ),
			'refused'     => array( 401, '{"code":"site_unknown","message":"","data":{"status":401}}', 'critical' ),
			'unreachable' => array( 0, 'Connection refused', 'critical' ),
			'not paired'  => array( -1, '', 'recommended' ),
		);
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
