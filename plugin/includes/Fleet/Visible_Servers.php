<?php
/**
 * Which servers WordPress shows the current user.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

use Email_Gateway\Contract;
use Email_Gateway\Servers\Own_Servers;

/**
 * What the answer of the backend is held against.
 */
class Visible_Servers {

	/**
	 * How many servers there are for this person. Those of an owner were named one by one.
	 *
	 * @param object $answer Of the backend.
	 */
	public static function count_of( object $answer ): int {
		if ( ! current_user_can( 'edit_others_email_gateway_servers' ) ) {
			return $answer->all;
		}
		$counts = (array) wp_count_posts( Own_Servers::POST_TYPE );
		return (int) array_sum( array_diff_key( $counts, array( 'trash' => 0, 'auto-draft' => 0, 'inherit' => 0 ) ) );
	}

	/**
	 * Ids of the current user's servers.
	 *
	 * @return int[]
	 */
	public static function own(): array {
		return get_posts(
			array(
				'post_type'        => Own_Servers::POST_TYPE,
				'post_status'      => array( 'publish', 'private', 'draft', 'pending', 'future' ),
				'author'           => get_current_user_id(),
				'numberposts'      => Contract::most_within() + 1,
				'fields'           => 'ids',
			)
		);
	}
}
