import { __ } from '@wordpress/i18n';
import type { Cause } from '@email-gateway/shared';
import { passes, type CauseWords, type CauseDetail } from './causes-of-providers.ts';

/** What is said of sign-in, sender and recipient, in words that many servers use. */
export const ofRefusals = {
	login_refused: () => ( {
		happened: __( 'The provider refused the login and does not say why.', 'email-gateway' ),
		todo: __(
			'Check at the provider that the account is active and may send by SMTP, then check User Name and Password.',
			'email-gateway'
		),
	} ),
	too_many_logins: () => ( {
		happened: __(
			'The provider no longer accepts logins for now: there were too many, or too many failed.',
			'email-gateway'
		),
		todo: __( 'Wait an hour, then check the settings once with the right password.', 'email-gateway' ),
		waiting: __(
			'If the password is right, wait: the server tries again. If it is wrong, correct it first.',
			'email-gateway'
		),
	} ),
	forbidden_by_organisation: () => ( {
		happened: __( 'A rule of your own organisation forbids this message.', 'email-gateway' ),
		todo: __( 'Ask the administrator of the mail account which rule it is.', 'email-gateway' ),
	} ),
	sender_domain_not_found: () => ( {
		happened: __( 'The domain of the From address does not exist, or cannot get mail.', 'email-gateway' ),
		todo: __( 'Check the From address for typos, and its domain’s DNS records.', 'email-gateway' ),
	} ),
	sender_not_authenticated: () => ( {
		happened: __( 'This message fails SPF, DKIM or DMARC of its From domain.', 'email-gateway' ),
		todo: __(
			'Add the DNS records that the provider names for your domain; Check Settings shows which are missing.',
			'email-gateway'
		),
	} ),
	recipient_malformed: () => ( {
		happened: __( 'The recipient’s address is not a valid email address.', 'email-gateway' ),
		todo: __( 'Correct the address where it was typed, for example in the order or the form.', 'email-gateway' ),
	} ),
	recipient_disabled: () => ( {
		happened: __( 'The mailbox of the recipient is switched off.', 'email-gateway' ),
		todo: __( 'Ask the recipient for another address.', 'email-gateway' ),
	} ),
	recipient_restricted: () => ( {
		happened: __( 'The recipient takes mail only from senders on its own list.', 'email-gateway' ),
		todo: __( 'Ask the owner of that mailbox or group to allow your From address.', 'email-gateway' ),
	} ),
	recipient_suppressed: () => ( {
		happened: __(
			'The provider has blocked this recipient: mail to it bounced, or was reported as spam.',
			'email-gateway'
		),
		todo: __( 'Remove the address from the suppression list in the provider’s panel.', 'email-gateway' ),
	} ),
	recipient_too_fast: () => ( {
		happened: __( 'The recipient gets more mail than its provider allows at the moment.', 'email-gateway' ),
		...passes(),
	} ),
	blocklisted: () => ( {
		happened: __(
			'The receiving side blocks the IP address or a domain: it is on a blocklist or has a bad reputation.',
			'email-gateway'
		),
		todo: __(
			'Send the reply to your provider’s support; if it names your own domain, ask that list to remove it.',
			'email-gateway'
		),
	} ),
	reverse_dns_missing: () => ( {
		happened: __( 'The IP address that sent this message has no valid name in DNS (PTR record).', 'email-gateway' ),
		todo: __(
			'Send the reply to the owner of that address: your provider, or the cloud of this server.',
			'email-gateway'
		),
	} ),
	receiver_refused: () => ( {
		happened: __( 'The receiving side has a rule that refuses this message.', 'email-gateway' ),
		todo: __( 'Ask the recipient, or your provider’s support, which rule it is.', 'email-gateway' ),
	} ),
} satisfies Partial< Record< Cause, ( detail: CauseDetail ) => CauseWords > >;
