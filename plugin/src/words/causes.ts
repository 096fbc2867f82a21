import { __, sprintf } from '@wordpress/i18n';
import type { Cause, ErrorDetail } from '@email-gateway/shared';
import { fact } from './fact.ts';
import type { Words } from './failure.ts';

const checkName = () =>
	__(
		'Use the name that is in the certificate as SMTP Server, or give the CA Certificate under Advanced.',
		'email-gateway'
	);
const providerRetries = () => __( 'Nothing to do: the server tries again by itself.', 'email-gateway' );
const otherPort = () => __( 'Use another port of the provider: 587, 2525 or 465.', 'email-gateway' );

/** Why the provider accepted, delayed or refused a message or a login. */
const sentences: Record< Cause, ( detail: ErrorDetail ) => Words > = {
	accepted: () => ( {
		happened: __( 'Accepted by provider.', 'email-gateway' ),
		todo: __( 'Not in the inbox? It left your server; look in spam and at the provider.', 'email-gateway' ),
	} ),
	wrong_credentials: () => ( {
		happened: __( 'The provider refused the login: wrong user or password.', 'email-gateway' ),
		todo: __(
			'Correct User Name and Password; many providers want an app password or an SMTP key. Then press the install button: what waits is delivered.',
			'email-gateway'
		),
	} ),
	temporary_login_failure: () => ( {
		happened: __( 'The provider cannot check logins at the moment.', 'email-gateway' ),
		todo: providerRetries(),
	} ),
	sender_refused: () => ( {
		happened: __( 'The provider does not let this account send from this From address.', 'email-gateway' ),
		todo: __(
			'Verify the address or its domain at the provider, or use a From that is verified.',
			'email-gateway'
		),
	} ),
	greylisted: () => ( {
		happened: __( 'The receiving side asks to come back later (greylisting).', 'email-gateway' ),
		todo: providerRetries(),
	} ),
	quota_exceeded: () => ( {
		happened: __( 'The account at the provider has reached its limit.', 'email-gateway' ),
		todo: __( 'Wait, or raise the limit at the provider; the server tries again by itself.', 'email-gateway' ),
	} ),
	certificate_expired: () => ( {
		happened: __( 'The certificate of the provider has expired. No password was sent.', 'email-gateway' ),
		todo: __( 'The provider must renew it; look also at the clock of the server.', 'email-gateway' ),
	} ),
	certificate_not_yet_valid: () => ( {
		happened: __( 'The certificate of the provider is not valid yet. No password was sent.', 'email-gateway' ),
		todo: __( 'Look at the clock of the server.', 'email-gateway' ),
	} ),
	certificate_self_signed: () => ( {
		happened: __( 'The certificate of the provider is signed by itself. No password was sent.', 'email-gateway' ),
		todo: checkName(),
	} ),
	certificate_wrong_name: () => ( {
		happened: __( 'The certificate of the provider is for another name. No password was sent.', 'email-gateway' ),
		todo: checkName(),
	} ),
	certificate_untrusted: () => ( {
		happened: __(
			'Nobody known vouches for the certificate of the provider. No password was sent.',
			'email-gateway'
		),
		todo: checkName(),
	} ),
	starttls_not_offered: () => ( {
		happened: __( 'The provider offers no encryption at this port. No password was sent.', 'email-gateway' ),
		todo: __( 'Look at SMTP Port; if it is right, something between strips the encryption.', 'email-gateway' ),
	} ),
	tls_handshake_failed: () => ( {
		happened: __( 'No encrypted connection to the provider came about.', 'email-gateway' ),
		todo: __( 'Look at SMTP Port: 465 speaks TLS at once, 587 and 2525 after a greeting.', 'email-gateway' ),
	} ),
	port_closed: () => ( {
		happened: __( 'The provider refuses connections at this SMTP Port.', 'email-gateway' ),
		todo: otherPort(),
	} ),
	port_blocked: () => ( {
		happened: __(
			'Nothing answers at this SMTP Port: the cloud of the server seems to block it.',
			'email-gateway'
		),
		todo: __( 'Use another port of the provider (2525, 465), or ask the cloud to open this one.', 'email-gateway' ),
	} ),
	name_not_found: () => ( {
		happened: __( 'The server finds no provider with the name given as SMTP Server.', 'email-gateway' ),
		todo: __( 'Look for a typing error in SMTP Server.', 'email-gateway' ),
	} ),
	resolver_down: () => ( {
		happened: __( 'The server cannot look up names: its resolver does not answer.', 'email-gateway' ),
		todo: __( 'Look at /etc/resolv.conf on the server.', 'email-gateway' ),
	} ),
	lost_after_data: () => ( {
		happened: __( 'The connection broke just after the message was handed over.', 'email-gateway' ),
		todo: __( 'The server tries again; the message may arrive twice.', 'email-gateway' ),
	} ),
	dropped_midway: () => ( {
		happened: __( 'The connection broke in the middle of the conversation with the provider.', 'email-gateway' ),
		todo: __( 'The server tries again by itself; if it stays so, ask the provider.', 'email-gateway' ),
	} ),
	provider_in_trouble: () => ( {
		happened: __( 'The provider has a fault of its own at the moment.', 'email-gateway' ),
		todo: providerRetries(),
	} ),
	dropped_at_greeting: () => ( {
		happened: __( 'The provider hangs up at once: it may refuse the address of this server.', 'email-gateway' ),
		todo: __( 'Look whether the provider lists allowed IP addresses, and add this server’s.', 'email-gateway' ),
	} ),
	too_many_connections: () => ( {
		happened: __( 'The provider allows no more connections at the moment.', 'email-gateway' ),
		todo: providerRetries(),
	} ),
	oauth_only: () => ( {
		happened: __( 'The provider takes no passwords here, only OAuth.', 'email-gateway' ),
		todo: __(
			'Allow SMTP AUTH or make an app password at the provider, or use another provider.',
			'email-gateway'
		),
	} ),
	no_mechanism_in_common: () => ( {
		happened: __( 'The provider and the server have no way to sign in in common.', 'email-gateway' ),
		todo: __( 'Look whether the provider allows PLAIN or LOGIN at this port.', 'email-gateway' ),
	} ),
	no_credential: () => ( {
		happened: __( 'The provider wants a login, and the server offered none.', 'email-gateway' ),
		todo: __( 'Press Reinstall Email Gateway: it writes the credentials anew.', 'email-gateway' ),
	} ),
	recipient_unknown: () => ( {
		happened: __( 'The receiving side does not know this recipient.', 'email-gateway' ),
		todo: __( 'Look for a typing error in To.', 'email-gateway' ),
	} ),
	content_refused: () => ( {
		happened: __( 'The provider refused the content of the message.', 'email-gateway' ),
		todo: __( 'Its reply tells why; often the sending domain is not verified yet.', 'email-gateway' ),
	} ),
	message_too_large: () => ( {
		happened: __( 'The message is larger than the provider takes.', 'email-gateway' ),
		todo: __( 'Send a link instead of the attachment.', 'email-gateway' ),
	} ),
	greeting_timed_out: () => ( {
		happened: __( 'The provider took the connection and then stayed silent.', 'email-gateway' ),
		todo: __( 'Look at SMTP Port: 465 speaks TLS at once, 587 and 2525 after a greeting.', 'email-gateway' ),
	} ),
	cloud_blocks_mail: ( detail ) => ( {
		happened: __(
			'None of the provider’s ports answers, while the server reaches its package mirror: the cloud blocks outgoing mail.',
			'email-gateway'
		),
		todo: sprintf(
			/* translators: %s: numbers of ports */
			__(
				'Ask the support of the cloud to open outgoing TCP ports for this server; one of these is enough: %s. Or use a provider that takes mail at port 443, such as SMTP2GO.',
				'email-gateway'
			),
			fact( detail, 'silentPorts' )
		),
	} ),
	tls_mode_unexpected: () => ( {
		happened: __(
			'This port speaks encryption in the other way than its number says. No password was sent.',
			'email-gateway'
		),
		todo: __(
			'Use another port of the provider: 465, 2465, 8465 and 443 speak TLS at once, all others after a greeting.',
			'email-gateway'
		),
	} ),
	app_password_required: () => ( {
		happened: __( 'The provider refused the login; it takes an app password only.', 'email-gateway' ),
		todo: __(
			'Make an app password in the account (that needs two-step verification) and type it as Password; look at User Name, too.',
			'email-gateway'
		),
	} ),
	web_login_required: () => ( {
		happened: __( 'The provider wants the owner of the account to sign in with a browser first.', 'email-gateway' ),
		todo: __(
			'Sign in to the account on the web, confirm what it asks, then try again; an app password avoids it.',
			'email-gateway'
		),
	} ),
	smtp_auth_disabled: () => ( {
		happened: __( 'SMTP AUTH is switched off for this mailbox or its organisation.', 'email-gateway' ),
		todo: __(
			'The administrator of Microsoft 365 switches on “Authenticated SMTP” for the mailbox: Users, Mail, Manage email apps.',
			'email-gateway'
		),
	} ),
	password_login_ended: () => ( {
		happened: __( 'The provider has ended signing in with a password.', 'email-gateway' ),
		todo: __( 'Use another provider for sending, or a relay that takes keys.', 'email-gateway' ),
	} ),
	login_forbidden_by_policy: () => ( {
		happened: __( 'A policy of the organisation forbids this login.', 'email-gateway' ),
		todo: __(
			'Ask its administrator to except this mailbox from security defaults or conditional access.',
			'email-gateway'
		),
	} ),
	address_not_authorised: () => ( {
		happened: __( 'The provider takes no mail from the IP address of this server.', 'email-gateway' ),
		todo: __( 'Add the server’s IP address to those authorised at the provider.', 'email-gateway' ),
	} ),
	account_suspended: () => ( {
		happened: __( 'The account at the provider is not active: suspended, or not activated yet.', 'email-gateway' ),
		todo: __( 'Look at the account in the provider’s panel, or ask its support.', 'email-gateway' ),
	} ),
	account_not_permitted: () => ( {
		happened: __( 'These credentials are right, but have no permission to send.', 'email-gateway' ),
		todo: __( 'Give them the permission to send at the provider, for this region and sender.', 'email-gateway' ),
	} ),
	identity_not_verified: () => ( {
		happened: __( 'The provider does not know one of the addresses in this region.', 'email-gateway' ),
		todo: __(
			'Its reply names the address: verify it or its domain in the region of SMTP Server. In the sandbox recipients must be verified, too.',
			'email-gateway'
		),
	} ),
	recipient_not_verified: () => ( {
		happened: __(
			'The account may send to its own or listed recipients only: it is a test account.',
			'email-gateway'
		),
		todo: __( 'Have the account approved at the provider, or list the recipient there.', 'email-gateway' ),
	} ),
	recipient_mailbox_full: () => ( {
		happened: __( 'The mailbox of the recipient is full.', 'email-gateway' ),
		todo: __( 'The recipient must make room; nothing is wrong with this server.', 'email-gateway' ),
	} ),
	too_fast: () => ( {
		happened: __( 'Mail comes faster than the provider allows.', 'email-gateway' ),
		todo: providerRetries(),
	} ),
	refused_for_good_as_temporary: () => ( {
		happened: __( 'The provider refuses this message for good, though it says “later”.', 'email-gateway' ),
		todo: __( 'Look whether the domain of From is verified there; waiting does not help.', 'email-gateway' ),
	} ),
	unknown: () => ( {
		happened: __( 'The provider gave a reason that is not known to us.', 'email-gateway' ),
		todo: __( 'Its own words are below.', 'email-gateway' ),
	} ),
};

/** The sentences of the cause in a detail; null where it is none, or where it tells nothing (`unknown`). */
export function causeWords( detail: ErrorDetail ): Words | null {
	const { cause } = detail;
	if ( typeof cause !== 'string' || cause === 'unknown' || ! Object.hasOwn( sentences, cause ) ) {
		return null;
	}
	return sentences[ cause as Cause ]( detail );
}

/** The sentences of what became of a message. */
export function deliveryWords( cause: Cause ): Words {
	return sentences[ cause ]( {} );
}
