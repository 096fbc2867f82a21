<?php
/**
 * A test of the fleet.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Fleet\Fleet_List;
use Email_Gateway\Fleet\Fleet_Mirror;
use Email_Gateway\Fleet\Fleet_Views;
use Email_Gateway\Backend_Client;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Servers\Server_List;

/**
 * The list and its mirror, in the place of the plugin's own.
 */
abstract class Fleet_Test_Case extends Doorman_Test_Case {

	/**
	 * The mirror, hooked up in place of the plugin's own.
	 *
	 * @var Fleet_Mirror
	 */
	protected $mirror;

	/**
	 * The list, hooked up in place of the plugin's own.
	 *
	 * @var Fleet_List
	 */
	protected $fleet;

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
	 * Has the backend answer with a page of 42 that were found.
	 *
	 * @param int   $all How many there are.
	 * @param int[] $ids On the page.
	 */
	protected function answer( int $all, array $ids ): void {
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
	protected function listed( array $asked ): array {
		$this->sent              = array();
		$GLOBALS['wp_the_query'] = new \WP_Query();
		$GLOBALS['wp_query']     = $GLOBALS['wp_the_query'];
		return wp_list_pluck( $GLOBALS['wp_query']->query( $asked + array( 'post_type' => Own_Servers::POST_TYPE, 'posts_per_page' => 20 ) ), 'ID' );
	}

	/**
	 * The links above the list.
	 */
	protected function views(): array {
		return apply_filters( 'views_edit-email_gateway_server', array( 'all' => 'All (2)', 'publish' => 'Published (2)' ) );
	}
}
