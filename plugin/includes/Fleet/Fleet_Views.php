<?php
/**
 * The links above the list of servers.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway\Fleet;

/**
 * All, those in trouble, and what the person saved. Their numbers count what this person may see and nothing else.
 */
class Fleet_Views {

	/**
	 * The list.
	 *
	 * @var Fleet_List
	 */
	private $fleet;

	/**
	 * Keeps the list.
	 *
	 * @param Fleet_List $fleet The list.
	 */
	public function __construct( Fleet_List $fleet ) {
		$this->fleet = $fleet;
	}

	/**
	 * Filter views_edit-{post type}: WordPress's own speak of published posts, and count everybody's servers.
	 *
	 * @param array $views Links by name.
	 */
	public function links( array $views ): array {
		$answer = $this->fleet->answer();
		$now    = Fleet_Request::view();
		$trash  = current_user_can( 'edit_others_email_gateway_servers' ) ? array_intersect_key( $views, array( 'trash' => '' ) ) : array();
		if ( null === $answer ) {
			return array( 'all' => self::link( _x( 'All', 'servers', 'email-gateway' ), array(), array() === $now && 'trash' !== Fleet_Request::argument( 'post_status' ), null ) ) + $trash;
		}
		$trouble = array( Fleet_Request::TROUBLE => 'yes' );
		$links   = array(
			'all'     => self::link( _x( 'All', 'servers', 'email-gateway' ), array(), array() === $now, (int) $answer->all ),
			'trouble' => self::link( _x( 'Trouble', 'servers', 'email-gateway' ), $trouble, $trouble === $now, (int) $answer->trouble ),
		);
		foreach ( Saved_Views::all() as $name => $view ) {
			$links[ 'saved-' . $name ] = self::link( (string) $name, $view, $view === $now, $view === $now ? (int) $answer->found : null );
		}
		return $links + $trash;
	}

	/**
	 * One link.
	 *
	 * @param string                $words  Its name.
	 * @param array<string, string> $view   Where it leads.
	 * @param bool                  $is_now Whether it is what is shown.
	 * @param int|null              $count  How many servers; null: not counted.
	 */
	private static function link( string $words, array $view, bool $is_now, ?int $count ): string {
		return sprintf(
			'<a href="%s"%s>%s%s</a>',
			esc_url( Saved_Views::url( $view ) ),
			$is_now ? ' class="current" aria-current="page"' : '',
			esc_html( $words ),
			null === $count ? '' : ' <span class="count">(' . esc_html( number_format_i18n( $count ) ) . ')</span>'
		);
	}
}
