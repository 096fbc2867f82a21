<?php
/**
 * Names and owners of servers, in pieces.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

use Email_Gateway\Contract;
use Email_Gateway\Servers\Servers;
use WP_Query;

/**
 * A piece names every server in a range of ids: what the backend knows there besides is gone.
 */
class Entries {

	/** As much as the contract takes, in characters. */
	const LONGEST_NAME = 200;

	/**
	 * The piece that begins with an id.
	 *
	 * @param int     $from    Id.
	 * @param Servers $servers The servers of this site.
	 * @return array As the contract's mirrorServers asks for; lastId null in the last one.
	 */
	public static function from( int $from, Servers $servers ): array {
		$most  = Contract::most_entries();
		$ids   = self::ids_from( $from, $servers->post_type(), $most );
		$piece = self::of( $ids, $from, count( $ids ) < $most ? null : (int) end( $ids ), $servers );
		return self::within_bytes( $piece, Contract::max_body_bytes() - 200 );
	}

	/**
	 * A piece with some posts; those that are no servers are left out, and so gone.
	 *
	 * @param int[]    $ids      Of posts, ascending.
	 * @param int      $first_id Of the range.
	 * @param int|null $last_id  Of the range; null: it has no end.
	 * @param Servers  $servers  The servers of this site.
	 */
	public static function of( array $ids, int $first_id, ?int $last_id, Servers $servers ): array {
		_prime_post_caches( $ids, false, true );
		$named = array();
		foreach ( $ids as $id ) {
			if ( $servers->exists( $id ) ) {
				$named[] = array(
					'serverId' => (int) $id,
					'name'     => mb_substr( wp_check_invalid_utf8( get_post( $id )->post_title, true ), 0, self::LONGEST_NAME ),
					'owner'    => (int) get_post( $id )->post_author,
				);
			}
		}
		return array( 'firstId' => $first_id, 'lastId' => $last_id, 'servers' => $named );
	}

	/**
	 * Leaves the end of a piece to the next one where it would be too large.
	 *
	 * @param array $piece As of().
	 * @param int   $most  Bytes of its servers.
	 */
	private static function within_bytes( array $piece, int $most ): array {
		while ( strlen( (string) wp_json_encode( $piece['servers'], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES ) ) > $most ) {
			$piece['servers'] = array_slice( $piece['servers'], 0, (int) ceil( count( $piece['servers'] ) / 2 ) );
			$piece['lastId']  = end( $piece['servers'] )['serverId'];
		}
		return $piece;
	}

	/**
	 * Ids of posts of a type from one on, ascending.
	 *
	 * @param int    $from      Id.
	 * @param string $post_type The type.
	 * @param int    $most      How many.
	 * @return int[]
	 */
	private static function ids_from( int $from, string $post_type, int $most ): array {
		$only_from = static function ( string $where ) use ( $from ): string {
			global $wpdb;
			return $where . $wpdb->prepare( " AND {$wpdb->posts}.ID >= %d", $from );
		};
		add_filter( 'posts_where', $only_from );
		$query = new WP_Query(
			array(
				'post_type'      => $post_type,
				'post_status'    => array_values( array_diff( get_post_stati(), array( 'trash', 'auto-draft', 'inherit' ) ) ),
				'orderby'        => 'ID',
				'order'          => 'ASC',
				'posts_per_page' => $most,
				'fields'         => 'ids',
				'no_found_rows'  => true,
			)
		);
		remove_filter( 'posts_where', $only_from );
		return array_map( 'intval', $query->posts );
	}
}
