<?php
/**
 * The Help tab at the top of our screens.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

use Email_Gateway\Servers\Own_Servers;
use WP_Screen;

/**
 * What each screen is for, and what to do when something does not work: short, since the screens speak for themselves.
 */
class Help {

	/**
	 * Action current_screen.
	 *
	 * @param WP_Screen $screen Any screen of wp-admin.
	 */
	public function add_tabs( WP_Screen $screen ): void {
		$tabs = array();
		if ( Own_Servers::POST_TYPE === $screen->post_type ) {
			$tabs = 'edit' === $screen->base ? self::of_list() : self::of_server();
		} elseif ( 'settings_page_' . Settings_Page::SLUG === $screen->id ) {
			$tabs = self::of_settings();
		} elseif ( 'tools_page_' . Mail_Log_Page::SLUG === $screen->id ) {
			$tabs = self::of_mail_log();
		}
		foreach ( $tabs as $name => list( $title, $paragraphs ) ) {
			$screen->add_help_tab(
				array(
					'id'      => 'email-gateway-' . $name,
					'title'   => $title,
					'content' => '<p>' . implode( '</p><p>', array_map( 'esc_html', $paragraphs ) ) . '</p>',
				)
			);
		}
	}

	/**
	 * The list of servers.
	 *
	 * @return array<string, array{string, string[]}> Title and paragraphs by the tab's name.
	 */
	private static function of_list(): array {
		return array(
			'list' => array(
				_x( 'Servers', 'heading', 'email-gateway' ),
				array(
					__( 'Each row is a server. Gateway shows the state of its outgoing mail and when it was last checked; Last test shows the outcome of the last test email. Last 24 hours has a bar for each hour, as high as its mail; what was refused is red.', 'email-gateway' ),
					__( 'Filter and sort the list as you need it, then press Save View: your view stays above the list, for you alone. Trouble shows the servers that need someone to look.', 'email-gateway' ),
					__( 'A server with a gateway cannot be moved to the trash: its gateway would stay there, out of reach. Remove the gateway first.', 'email-gateway' ),
				),
			),
		);
	}

	/**
	 * The screen of a server.
	 *
	 * @return array<string, array{string, string[]}> Title and paragraphs by the tab's name.
	 */
	private static function of_server(): array {
		return array(
			'steps'  => array(
				__( 'Three steps', 'email-gateway' ),
				array(
					__( 'Server Connection: say how the backend reaches the server by SSH, press Check Connection, and confirm the host key.', 'email-gateway' ),
					__( 'Email Gateway: enter the sign-in of your mail provider. Check Settings tries it without changing the server; Preview Changes lists what Install Email Gateway would change.', 'email-gateway' ),
					__( 'Send Test Email sends one message the way a site does, and shows the reply of the provider.', 'email-gateway' ),
				),
			),
			'wrong' => array(
				__( 'If mail does not arrive', 'email-gateway' ),
				array(
					__( '“Accepted by provider” means the message left your server. If it is not in the inbox, check the spam folder and the log of your provider.', 'email-gateway' ),
					__( '“Waiting” means nothing is lost: the server keeps the message and tries again. The reason and the next step are on the screen.', 'email-gateway' ),
					__( 'Remove Email Gateway restores what the server had before.', 'email-gateway' ),
				),
			),
		);
	}

	/**
	 * Tools → Mail Log.
	 *
	 * @return array<string, array{string, string[]}> Title and paragraphs by the tab's name.
	 */
	private static function of_mail_log(): array {
		return array(
			'mail-log' => array(
				__( 'Mail Log', 'email-gateway' ),
				array(
					__( 'Each row is one recipient of a message. Details shows the whole message: the reply of the provider, and when the server tries again.', 'email-gateway' ),
					__( 'Export as CSV saves the rows that your search found, at most 10,000.', 'email-gateway' ),
				),
			),
		);
	}

	/**
	 * Settings → Email Gateway.
	 *
	 * @return array<string, array{string, string[]}> Title and paragraphs by the tab's name.
	 */
	private static function of_settings(): array {
		return array(
			'backend'  => array(
				__( 'The backend', 'email-gateway' ),
				array(
					__( 'The backend is a program of your own that reaches your servers by SSH. This site is paired with it once, with a code that the backend prints.', 'email-gateway' ),
					__( 'Mail that gateways deliver depends neither on the backend nor on WordPress.', 'email-gateway' ),
				),
			),
			'defaults' => array(
				__( 'Default credentials', 'email-gateway' ),
				array(
					__( 'Save the sign-in of your mail provider once, and load it on any server with Load Defaults. The password is kept encrypted and never shown again.', 'email-gateway' ),
				),
			),
		);
	}
}
