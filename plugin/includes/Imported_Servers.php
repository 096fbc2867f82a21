<?php
/**
 * Servers in a file that the WordPress importer reads.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Servers;

/**
 * The backend knows a server by the number of its post, and may know one that is gone here. Whoever wrote the file chose
 * numbers and owners: an imported server gets a new number, and is connected anew.
 */
class Imported_Servers {

	/**
	 * The servers of this site.
	 *
	 * @var Servers
	 */
	private $servers;

	/**
	 * Keeps what it asks.
	 *
	 * @param Servers $servers The servers of this site.
	 */
	public function __construct( Servers $servers ) {
		$this->servers = $servers;
	}

	/**
	 * Filter wp_import_post_data_processed.
	 *
	 * @param array $post As it is about to be inserted.
	 */
	public function leave_out_number( array $post ): array {
		if ( ( $post['post_type'] ?? '' ) === $this->servers->post_type() ) {
			unset( $post['import_id'] );
		}
		return $post;
	}
}
