<?php
/**
 * The servers that the pages of the site know by name.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Servers;

use Email_Gateway\Access;
use Email_Gateway\Contract;

/**
 * What the Mail Log of all servers and the first run begin with.
 */
class Newest_Servers {

	/**
	 * The newest servers, as many as one call of the backend may be about.
	 *
	 * @param Servers $servers The servers of this site.
	 * @param array   $only    What else get_posts takes.
	 * @return array{id: int, name: string}[]
	 */
	public static function of( Servers $servers, array $only = array() ): array {
		$posts = get_posts(
			$only + array(
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

	/**
	 * Those whose mail log the current user may see: the newest of all, or of their own.
	 *
	 * @param Servers $servers The servers of this site.
	 * @param Access  $access  Who may do what.
	 * @return array{id: int, name: string}[]
	 */
	public static function with_mail_shown( Servers $servers, Access $access ): array {
		$only  = $access->may( 'see_mail_log' ) ? array() : array( 'author' => get_current_user_id() );
		$shown = array_filter(
			self::of( $servers, $only ),
			static function ( array $server ) use ( $access ): bool {
				return $access->may( 'see_mail_log', array( $server['id'] ) );
			}
		);
		return array_values( $shown );
	}
}
