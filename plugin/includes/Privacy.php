<?php
/**
 * What the site's privacy policy may say of the plugin.
 *
 * @package Email_Gateway
 */

namespace Email_Gateway;

/**
 * Suggests paragraphs; WordPress shows them beside the policy being written.
 */
class Privacy {

	/**
	 * Action admin_init.
	 */
	public function suggest_policy(): void {
		wp_add_privacy_policy_content( __( 'Email Gateway', 'email-gateway' ), '<p>' . implode( '</p><p>', array_map( 'esc_html', self::paragraphs() ) ) . '</p>' );
	}

	/**
	 * What is sent, what is kept and for how long. Visitors of the site are not concerned: only people who manage servers.
	 *
	 * @return string[]
	 */
	public static function paragraphs(): array {
		return array(
			__( 'Email Gateway concerns people who manage servers in this site. What they do there is sent to the Email Gateway backend of this site, and to nobody else.', 'email-gateway' ),
			__( 'Sent with each action: user id and login name, their permissions for that server, the user id of its owner, the administration address of the site (mail of the server for root goes there unless another address is given), the address of the site, and what was typed: host, user and password or key of a server, account and password at the mail provider, sender and recipient of a test email, a webhook for alerts. Pairing sends the name of the site as well.', 'email-gateway' ),
			__( 'Kept there, until the server is deleted here or forgotten: its connection and settings, who asked for what and when, sender and recipient of test emails with the reply of the provider. Passwords and keys are kept encrypted. The record of who did what to which server (login name, action, time) stays after that.', 'email-gateway' ),
			__( 'On a server, the log of mail names sender and recipient of each message, as on any mail server; it is deleted after two weeks. Subjects and bodies of mail are stored neither here nor in the backend.', 'email-gateway' ),
		);
	}
}
