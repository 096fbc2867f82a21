<?php
/**
 * Tools → Mail Log.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Servers;

/**
 * The mail of all servers on one page, for who may see it: an owner sees it of their own servers.
 */
class Mail_Log_Page {

	const SLUG = 'email-gateway-mail-log';

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
	 * The page's address.
	 */
	public static function url(): string {
		return admin_url( 'tools.php?page=' . self::SLUG );
	}

	/**
	 * Action admin_menu.
	 */
	public function add(): void {
		$sees_all = current_user_can( 'email_gateway_see_mail_log' );
		if ( $sees_all || $this->servers->has_any( get_current_user_id() ) ) {
			$title = __( 'Mail Log', 'email-gateway' );
			add_management_page( $title, $title, $sees_all ? 'email_gateway_see_mail_log' : 'read', self::SLUG, array( $this, 'render' ) );
		}
	}

	/**
	 * Prints the page.
	 */
	public function render(): void {
		printf(
			'<div class="wrap"><h1>%s</h1><div class="email-gateway-app" data-screen="mail-log"></div><noscript><p>%s</p></noscript></div>',
			esc_html__( 'Mail Log', 'email-gateway' ),
			esc_html__( 'JavaScript is required for this page.', 'email-gateway' )
		);
	}
}
