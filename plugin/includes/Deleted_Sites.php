<?php
/**
 * What happens when a site of a network is deleted.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use WP_Site;

/**
 * Has the backend end its pairing: the key of a site means root on its servers. Where the backend does not answer, the
 * main site of the network keeps the sealed key aside for this alone, and asks every hour, for a week.
 */
class Deleted_Sites {

	const OPTION = 'email_gateway_sites_to_end';
	const EVENT  = 'email_gateway_end_deleted_sites';

	/**
	 * Numbers of sites that are gone, and that a backend may still know; kept by the main site.
	 *
	 * @var Untold
	 */
	private $untold;

	/**
	 * Whether a backend was silent: of many sites, nobody waits for each.
	 *
	 * @var bool
	 */
	private $is_silent = false;

	/**
	 * Nothing is asked before a site is deleted.
	 */
	public function __construct() {
		$this->untold = new Untold( self::OPTION, self::EVENT );
	}

	/**
	 * Action wp_uninitialize_site, before WordPress takes away what the site has.
	 *
	 * @param WP_Site $site It.
	 */
	public function end( WP_Site $site ): void {
		$site_id = (int) $site->blog_id;
		switch_to_blog( $site_id );
		$left = Former_Pairing::left_of( new Pairing() );
		restore_current_blog();
		if ( null === $left ) {
			return;
		}
		switch_to_blog( get_main_site_id() );
		self::former( $site_id )->keep( $left );
		if ( $this->is_silent || ! self::former( $site_id )->is_ended( Backend_Client::SHORT_SECONDS ) ) {
			$this->is_silent = true;
			$this->untold->keep( array_merge( $this->untold->ids(), array( $site_id ) ), HOUR_IN_SECONDS );
		}
		restore_current_blog();
	}

	/**
	 * Action of the event, which the main site has.
	 */
	public function try_again(): void {
		$this->untold->keep( $this->untold->ids(), HOUR_IN_SECONDS );
		foreach ( $this->untold->ids() as $site_id ) {
			if ( self::former( $site_id )->is_ended( Backend_Client::TIMEOUT_SECONDS ) ) {
				$this->untold->keep( array_diff( $this->untold->ids(), array( $site_id ) ), HOUR_IN_SECONDS );
			}
		}
	}

	/**
	 * What the main site keeps of the pairing of a deleted site.
	 *
	 * @param int $site_id Of the deleted site.
	 */
	private static function former( int $site_id ): Former_Pairing {
		return new Former_Pairing( Former_Pairing::OPTION . "_of_site_{$site_id}" );
	}
}
