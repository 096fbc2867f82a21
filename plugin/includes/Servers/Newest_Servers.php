<?php
/**
 * The servers that the settings page knows by name.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Contract;

/**
 * What the Mail Log of all servers and the first run begin with.
 */
class Newest_Servers {

	/**
	 * The newest servers, as many as one call of the backend may be about.
	 *
	 * @param Servers $servers The servers of this site.
	 * @return array{id: int, name: string}[]
	 */
	public static function of( Servers $servers ): array {
		$posts = get_posts(
			array(
				'post_type'   => $servers->post_type(),
				'post_status' => array( 'private', 'publish' ),
				'numberposts' => Contract::most_servers(),
			)
		);
		$found = array();
		foreach ( $posts as $post ) {
			// a panel has servers of other kinds, too
			if ( $servers->exists( $post->ID ) ) {
				$found[] = array( 'id' => $post->ID, 'name' => $post->post_title );
			}
		}
		return $found;
	}
}
