<?php
/**
 * A test of the trash.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Tests;

use Email_Gateway\Backend_Client;
use Email_Gateway\Deleted_Servers;
use Email_Gateway\Pairing;
use Email_Gateway\Servers\Left_Gateways;
use Email_Gateway\Servers\Own_Servers;
use Email_Gateway\Servers\Server_Trash;
use Email_Gateway\Servers\Trash_Requests;
use Email_Gateway\Servers\Trash_Words;

/**
 * The parts of the trash, in the place of the plugin's own.
 */
abstract class Server_Trash_Test_Case extends Doorman_Test_Case {

	/**
	 * The part under test, fresh: it remembers a silent backend for a minute.
	 *
	 * @var Server_Trash
	 */
	protected $trash;

	/**
	 * Its part for the screens.
	 *
	 * @var Trash_Requests
	 */
	protected $requests;

	/**
	 * Puts it in the place of the plugin's own.
	 */
	protected function setUp(): void {
		parent::setUp();
		$this->sign_in_as( 'administrator' );
		$pairing        = new Pairing();
		$backend        = new Backend_Client( $pairing );
		$left           = new Left_Gateways( $pairing, $backend );
		$this->trash    = new Server_Trash( $left );
		$this->requests = new Trash_Requests( $left );
		$this->hook_up( $this->trash );
		$this->hook_up( new Deleted_Servers( new Own_Servers(), $pairing, $backend ) );
	}

	/**
	 * Takes back what the requests of these tests said.
	 */
	protected function tearDown(): void {
		$_REQUEST = array();
		$_GET     = array();
		parent::tearDown();
	}

	/**
	 * The backend answers which servers have a gateway.
	 *
	 * @param array<int, bool> $gateways By id of a server.
	 */
	protected function tell_gateways( array $gateways ): void {
		$servers = array();
		foreach ( $gateways as $id => $has ) {
			$servers[] = array( 'serverId' => $id, 'hasGateway' => $has );
		}
		$this->answer_with( 200, wp_json_encode( array( 'servers' => $servers, 'leftBehind' => false ) ) );
	}

	/**
	 * Servers that the backend was asked to forget.
	 *
	 * @return int[]
	 */
	protected function forgotten(): array {
		$ids = array();
		foreach ( $this->sent as $request ) {
			if ( preg_match( '~/servers/(\d+)/forget$~', $request['url'], $found ) ) {
				$ids[] = (int) $found[1];
			}
		}
		return $ids;
	}

	/**
	 * What the list shows above it.
	 *
	 * @param array $query Of the address.
	 */
	protected function notice( array $query ): string {
		$_GET = $query;
		ob_start();
		( new Trash_Words() )->print_notice();
		return ob_get_clean();
	}
}
