<?php
/**
 * The screens about the whole site.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Pairing;
use Email_Gateway\Privacy;

/**
 * Settings, privacy and site health.
 */
class Site_Screens_Test extends Doorman_Test_Case {

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
			'mail'          => 'their mail address',
		);
		$this->call( 'GET', '/servers/' . $this->make_server( $this->sign_in_as( 'subscriber' ) ) . '/alerts' );
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
	 * Where mail of servers needs somebody, a test of its own names them with their state and its age; the report tells how
	 * many. The hint at the backend's key takes nothing from it.
	 */
	public function test_site_health_tells_of_servers_in_trouble() {
		$this->sign_in_as_who_sees_site_health();
		$id = $this->make_server( get_current_user_id() );
		wp_update_post( array( 'ID' => $id, 'post_title' => '<b>web2</b>' ) );
		foreach ( array( 'waiting' => 'recommended', 'disk_low' => 'recommended', 'stopped' => 'critical', 'unreachable' => 'critical', 'refused' => 'critical' ) as $state => $status ) {
			$server = array( 'serverId' => $id, 'state' => $state, 'checkedAt' => gmdate( 'c', time() - 300 ) );
			$this->answer_with( 200, wp_json_encode( array( 'keyBesideDatabase' => true, 'servers' => array( $server ), 'trouble' => 2, 'withGateway' => 40 ) ) );
			$told = array_map( fn ( array $test ): array => $test['async_direct_test'](), $this->own_tests() );
			$this->assertSame( array( 'recommended', $status ), array_column( $told, 'status' ), $state );
		}
		$this->answer_with( 200, wp_json_encode( array( 'servers' => array( array( 'state' => 'waiting' ) + $server ), 'trouble' => 2, 'withGateway' => 40 ) ) );
		$told = $this->call( 'GET', '/site-health/gateways' )->get_data();
		$this->assertSame( 'The mail of 2 servers needs your attention', $told['label'] );
		$this->assertStringContainsString( 'Mail is waiting, seen 5 minutes ago', $told['description'] );
		$this->assertStringContainsString( 'email_gateway_trouble=yes', $told['actions'] );
		$this->assertStringNotContainsString( '<b>', $told['description'] );
		$fields = apply_filters( 'debug_information', array() )['email-gateway']['fields'];
		$this->assertSame( array( '40', '2 · Mail is waiting, seen 5 minutes ago' ), array( $fields['gateways']['value'], $fields['trouble']['value'] ) );
		$this->assertStringNotContainsString( 'web2', wp_json_encode( $fields ) );
	}

	/**
	 * Gateways that are well stand among the passed tests; that nobody knows how they are does not, and without a pairing
	 * there are none.
	 */
	public function test_site_health_tells_that_gateways_are_well() {
		$this->sign_in_as_who_sees_site_health();
		$this->answer_with( 200, '{"servers":[],"trouble":0,"withGateway":2}' );
		$this->assertSame( 'good', $this->call( 'GET', '/site-health/gateways' )->get_data()['status'] );
		$this->be_unreachable( 'Connection refused' );
		$this->assertSame( 'recommended', $this->call( 'GET', '/site-health/gateways' )->get_data()['status'] );
		$this->assertCount( 2, $this->own_tests() );
		delete_option( Pairing::OPTION );
		$this->assertCount( 1, $this->own_tests() );
	}

	/**
	 * Those that ask the backend, as WordPress runs them.
	 *
	 * @return array[]
	 */
	private function own_tests(): array {
		return array_values( apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) )['async'] );
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
}
