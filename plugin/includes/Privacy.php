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
			__( 'Email Gateway concerns people who manage servers in this site. This site sends what they do there to its Email Gateway backend, and to nobody else.', 'email-gateway' ),
			__( 'Sent with each action: user id and login name, their permissions for that server, the user id of its owner, the administration address of the site (mail of the server for root goes there unless another address is given), the address of the site, and what was typed: host, user and password or key of a server, account and password at the mail provider, sender and recipient of a test email, a mail address to find settings for, where alerts go (with the account that sends them by email). With alerts that an owner of a server keeps, their mail address goes along; with the Mail Log of several servers, which of them are their own. Pairing sends the name of the site as well. Where another plugin keeps how to reach a server, its user and key go along with each job, and every five minutes for a server with a gateway; the backend deletes them when the job ends, or after eleven minutes.', 'email-gateway' ),
			__( 'The backend passes on what the work needs: to a server its settings, the address of this site and the test email; to the mail provider the sign-in and the test email; with Find Settings the mail address to its own domain, and that domain to the directory of Thunderbird; with an alert the address of this site, the host of the server, the address of its screen here and what is wrong, to the channels that were saved (a mail provider, a webhook, Slack, Microsoft Teams, Discord, Telegram, ntfy or Pushover).', 'email-gateway' ),
			__( 'The backend keeps until the server is deleted here or forgotten: its connection and settings, who asked for what and when (with the administration address of the site), sender and recipient of test emails with the reply of the provider, mail addresses whose settings were looked up, what it last saw of the gateway there (whether it runs, how much mail waits). It keeps default credentials and where alerts go until they are deleted here, and alerts and what was wrong for thirty days. Passwords and keys are kept encrypted, and deleted when the pairing ends, or 90 days after the key of the site has expired. The record of who did what (login name, action, time, host and user of a server) stays after that.', 'email-gateway' ),
			__( 'On a server, the log of mail names sender and recipient of each message, as on any mail server; it is deleted after two weeks. The backend reads that log and keeps sender, recipient, time, size and outcome of each message with the reply of the provider for thirty days, or for as many as were chosen under Tools → Mail Log, and how many there were for thirteen months. Subjects and bodies of mail are stored neither here nor in the backend.', 'email-gateway' ),
			__( 'Who manages the site may have the mail log keep domains or keyed hashes in place of addresses. The tools of WordPress to export and erase personal data find an address in it.', 'email-gateway' ),
		);
	}
}
