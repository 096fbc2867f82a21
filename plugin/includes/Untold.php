<?php
/**
 * What the backend has not heard of yet.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Numbers of servers or sites in an option, and an event that has cron tell about them later.
 */
class Untold {

	/**
	 * The option.
	 *
	 * @var string
	 */
	private $option;

	/**
	 * The event.
	 *
	 * @var string
	 */
	private $event;

	/**
	 * Keeps where they are.
	 *
	 * @param string $option The option.
	 * @param string $event  The event.
	 */
	public function __construct( string $option, string $event ) {
		$this->option = $option;
		$this->event  = $event;
	}

	/**
	 * Ids of posts or sites, which may be gone.
	 *
	 * @return int[]
	 */
	public function ids(): array {
		return array_map( 'intval', (array) get_option( $this->option, array() ) );
	}

	/**
	 * Keeps these in place of those before. An event that is being done is no more scheduled: whatever stops it midway,
	 * another one comes.
	 *
	 * @param int[] $ids     None: there is nothing to tell any more.
	 * @param int   $seconds When cron tells of them, unless it is to anyway.
	 */
	public function keep( array $ids, int $seconds ): void {
		if ( array() === $ids ) {
			delete_option( $this->option );
			wp_clear_scheduled_hook( $this->event );
			return;
		}
		update_option( $this->option, array_values( array_unique( $ids ) ), false );
		if ( ! wp_next_scheduled( $this->event ) ) {
			wp_schedule_single_event( time() + $seconds, $this->event );
		}
	}
}
