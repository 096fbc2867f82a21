<?php
/**
 * What the site's privacy policy may say of the plugin.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Suggests a paragraph; WordPress shows it beside the policy being written.
 */
class Privacy {

	/**
	 * Action admin_init.
	 */
	public function suggest_policy(): void {
		$text = __( 'People who manage servers in this site: each of their actions is sent to the Email Gateway backend with their user id and login name, and kept there as a record of who did what to which server. The administration address of the site is sent with them, for mail of the servers that nobody else is to receive. Bodies of mails are never stored, neither here nor there.', 'email-gateway' );
		wp_add_privacy_policy_content( __( 'Email Gateway', 'email-gateway' ), '<p>' . esc_html( $text ) . '</p>' );
	}
}
