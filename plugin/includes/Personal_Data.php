<?php
/**
 * Tools → Export Personal Data and Erase Personal Data.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Finds a mail address in the mail logs that the backend keeps, and takes it out of them.
 */
class Personal_Data {

	const NAME = 'email-gateway';

	/**
	 * The pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The backend.
	 *
	 * @var Backend_Client
	 */
	private $backend;

	/**
	 * Keeps what it asks.
	 *
	 * @param Pairing        $pairing The pairing.
	 * @param Backend_Client $backend The backend.
	 */
	public function __construct( Pairing $pairing, Backend_Client $backend ) {
		$this->pairing = $pairing;
		$this->backend = $backend;
	}

	/**
	 * Filter wp_privacy_personal_data_exporters.
	 *
	 * @param array $exporters By name.
	 */
	public function add_exporter( array $exporters ): array {
		$exporters[ self::NAME ] = array(
			'exporter_friendly_name' => __( 'Mail Log of Email Gateway', 'email-gateway' ),
			'callback'               => array( $this, 'export' ),
		);
		return $exporters;
	}

	/**
	 * Filter wp_privacy_personal_data_erasers.
	 *
	 * @param array $erasers By name.
	 */
	public function add_eraser( array $erasers ): array {
		$erasers[ self::NAME ] = array(
			'eraser_friendly_name' => __( 'Mail Log of Email Gateway', 'email-gateway' ),
			'callback'             => array( $this, 'erase' ),
		);
		return $erasers;
	}

	/**
	 * One page of what is kept of an address.
	 *
	 * @param string $address Mail address.
	 * @param int    $page    Counts from 1.
	 * @return array|\WP_Error As WordPress asks for it: `data` and `done`.
	 */
	public function export( string $address, int $page = 1 ) {
		if ( ! $this->pairing->view()['paired'] ) {
			return array( 'data' => array(), 'done' => true );
		}
		$query  = http_build_query( array( 'address' => $address, 'page' => $page ), '', '&', PHP_QUERY_RFC3986 );
		$answer = $this->ask( 'readAddress', $query, '' );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$data = array_map( array( $this, 'item' ), $answer->entries, array_keys( $answer->entries ), array_fill( 0, count( $answer->entries ), $page ) );
		if ( ! $answer->isMore ) {
			$data[] = self::group( 'servers', array( self::row( __( 'Kept on servers', 'email-gateway' ), self::stays_on_servers() ) ) );
		}
		return array( 'data' => $data, 'done' => ! $answer->isMore );
	}

	/**
	 * Takes an address out of a page of entries. WordPress asks again until it is done.
	 *
	 * @param string $address Mail address.
	 * @return array|\WP_Error As WordPress asks for it.
	 */
	public function erase( string $address ) {
		if ( ! $this->pairing->view()['paired'] ) {
			return array( 'items_removed' => false, 'items_retained' => false, 'messages' => array(), 'done' => true );
		}
		$answer = $this->ask( 'eraseAddress', '', wp_json_encode( array( 'address' => $address ) ) );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		$messages = array( self::stays_on_servers() );
		if ( $answer->kept > 0 ) {
			/* translators: %d: number of messages */
			array_unshift( $messages, sprintf( _n( 'Email Gateway: %d message that still waits in a queue keeps the address; erase again once it has left.', 'Email Gateway: %d messages that still wait in a queue keep the address; erase again once they have left.', $answer->kept, 'email-gateway' ), $answer->kept ) );
		}
		return array(
			'items_removed'  => $answer->erased > 0,
			'items_retained' => $answer->kept > 0,
			'messages'       => $answer->isMore ? array() : $messages,
			'done'           => ! $answer->isMore,
		);
	}

	/**
	 * What no request reaches.
	 */
	private static function stays_on_servers(): string {
		return __( 'Email Gateway: the log of mail on each server names sender and recipient of each message, and is deleted there after two weeks. Backups of servers and of the backend may hold older copies.', 'email-gateway' );
	}

	/**
	 * An entry as WordPress exports it.
	 *
	 * @param object $entry As in the contract.
	 * @param int    $at    Its place in the page.
	 * @param int    $page  The page.
	 */
	private function item( $entry, int $at, int $page ): array {
		$rows = array(
			self::row( _x( 'Time', 'of a message', 'email-gateway' ), $entry->at ),
			self::row( _x( 'Server', 'of a message', 'email-gateway' ), get_the_title( $entry->serverId ) ),
			self::row( _x( 'Address', 'in a message', 'email-gateway' ), 'sender' === $entry->as ? _x( 'Sender', 'of a message', 'email-gateway' ) : _x( 'Recipient', 'of a message', 'email-gateway' ) ),
			self::row( _x( 'Outcome', 'of a message', 'email-gateway' ), $entry->outcome ),
		);
		if ( null !== $entry->reply ) {
			$rows[] = self::row( _x( 'Reply', 'of the provider', 'email-gateway' ), $entry->reply );
		}
		return self::group( "mail-$page-$at", $rows );
	}

	/**
	 * An item of our group.
	 *
	 * @param string  $id   Of the item.
	 * @param array[] $rows Its lines.
	 */
	private static function group( string $id, array $rows ): array {
		return array(
			'group_id'    => self::NAME,
			'group_label' => __( 'Mail Log of Email Gateway', 'email-gateway' ),
			'item_id'     => $id,
			'data'        => $rows,
		);
	}

	/**
	 * One line.
	 *
	 * @param string $name  What it is.
	 * @param string $value As it is shown.
	 */
	private static function row( string $name, string $value ): array {
		return array( 'name' => $name, 'value' => $value );
	}

	/**
	 * Asks the backend; its body where it has served the request.
	 *
	 * @param string $name  Of the call in the contract.
	 * @param string $query Without question mark.
	 * @param string $body  JSON.
	 * @return object|\WP_Error
	 */
	private function ask( string $name, string $query, string $body ) {
		$route  = Contract::routes()[ $name ];
		$answer = $this->backend->ask(
			array( 'method' => $route['method'], 'path' => $route['path'], 'query' => $query, 'body' => $body ),
			Actor::current_user( array( $route['access'] ) )
		);
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		return 200 === $answer['status'] ? $answer['body'] : new \WP_Error( 'backend_refused', __( 'The backend of Email Gateway did not answer as it should. Try again in a minute.', 'email-gateway' ) );
	}
}
