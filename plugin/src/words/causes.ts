import { __, sprintf } from '@wordpress/i18n';
import type { Cause, TestResult } from '@email-gateway/shared';
import { ofProviders, passes, type CauseDetail, type CauseWords } from './causes-of-providers.ts';
import { ofRefusals } from './causes-of-refusals.ts';
import { ofThisServer } from './causes-of-this-server.ts';
import { oneOf } from './one-of.ts';
import { untrusted } from './untrusted.ts';
import type { Words } from './failure.ts';

const checkName = () =>
	__(
		'Use the name that is in the certificate as SMTP Server, or enter the CA Certificate under Advanced.',
		'email-gateway'
	);
const otherPort = () => __( 'Use another port of the provider: 587, 2525 or 465.', 'email-gateway' );

/** Why the provider accepted, delayed or refused a message or a login. */
const sentences: Record< Cause, ( detail: CauseDetail ) => CauseWords > = {
	accepted: () => ( {
		happened: __( 'Accepted by provider.', 'email-gateway' ),
		todo: __(
			'Not in your inbox? The provider accepted it, so check the spam folder and the provider’s log.',
			'email-gateway'
		),
	} ),
	wrong_credentials: () => ( {
		happened: __( 'The provider refused the login: wrong user or password.', 'email-gateway' ),
		todo: __(
			'Correct User Name and Password; many providers want an app password or an SMTP key.',
			'email-gateway'
		),
		waiting: __(
			'Correct User Name and Password; many providers want an app password or an SMTP key. Then press Reinstall Email Gateway: what waits is delivered.',
			'email-gateway'
		),
	} ),
	temporary_login_failure: () => ( {
		happened: __( 'The provider cannot check logins at the moment.', 'email-gateway' ),
		...passes(),
	} ),
	sender_refused: () => ( {
		happened: __( 'The provider does not let this account send from this From address.', 'email-gateway' ),
		todo: __(
			'Verify the address or its domain at the provider, or use a From address that is verified.',
			'email-gateway'
		),
	} ),
	greylisted: () => ( {
		happened: __( 'The receiving side asks to come back later (greylisting).', 'email-gateway' ),
		...passes(),
	} ),
	quota_exceeded: () => ( {
		happened: __( 'The account at the provider has reached its limit.', 'email-gateway' ),
		todo: __( 'Wait, or raise the limit at the provider.', 'email-gateway' ),
		waiting: __( 'Wait, or raise the limit at the provider; the server keeps trying.', 'email-gateway' ),
	} ),
	certificate_expired: () => ( {
		happened: __( 'The certificate of the provider has expired. No password was sent.', 'email-gateway' ),
		todo: __( 'The provider must renew it; also check the clock of the server.', 'email-gateway' ),
	} ),
	certificate_not_yet_valid: () => ( {
		happened: __( 'The certificate of the provider is not valid yet. No password was sent.', 'email-gateway' ),
		todo: __( 'Check the clock of the server.', 'email-gateway' ),
	} ),
	certificate_self_signed: () => ( {
		happened: __( 'The provider’s certificate is self-signed. No password was sent.', 'email-gateway' ),
		todo: checkName(),
	} ),
	certificate_wrong_name: () => ( {
		happened: __( 'The certificate of the provider is for another name. No password was sent.', 'email-gateway' ),
		todo: checkName(),
	} ),
	certificate_untrusted: untrusted,
	starttls_not_offered: () => ( {
		happened: __( 'The provider offers no encryption at this port. No password was sent.', 'email-gateway' ),
		todo: __( 'Check SMTP Port. If it is right, something on the way removes the encryption.', 'email-gateway' ),
	} ),
	tls_handshake_failed: () => ( {
		happened: __( 'An encrypted connection to the provider could not be established.', 'email-gateway' ),
		todo: __( 'Check SMTP Port: 465 uses TLS from the start, 587 and 2525 after a greeting.', 'email-gateway' ),
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
		todo: __( 'Check SMTP Server for typos.', 'email-gateway' ),
	} ),
	resolver_down: () => ( {
		happened: __( 'The server cannot look up names: its resolver does not answer.', 'email-gateway' ),
		todo: __( 'Check /etc/resolv.conf on the server.', 'email-gateway' ),
	} ),
	lost_after_data: () => ( {
		happened: __( 'The connection was lost just after the message was handed over.', 'email-gateway' ),
		todo: __( 'The message may still arrive.', 'email-gateway' ),
		waiting: __( 'The server tries again; the message may arrive twice.', 'email-gateway' ),
	} ),
	dropped_midway: () => ( {
		happened: __( 'The connection to the provider was lost halfway.', 'email-gateway' ),
		todo: __( 'Try again in a few minutes. If the problem continues, ask the provider.', 'email-gateway' ),
		waiting: __( 'The server keeps trying. If the problem continues, ask the provider.', 'email-gateway' ),
	} ),
	provider_in_trouble: () => ( {
		happened: __( 'The provider has a technical problem at the moment.', 'email-gateway' ),
		...passes(),
	} ),
	dropped_at_greeting: () => ( {
		happened: __( 'The provider hangs up at once: it may refuse the address of this server.', 'email-gateway' ),
		todo: __( 'Check whether the provider lists allowed IP addresses, and add this server’s.', 'email-gateway' ),
	} ),
	too_many_connections: () => ( {
		happened: __( 'The provider allows no more connections at the moment.', 'email-gateway' ),
		...passes(),
	} ),
	oauth_only: () => ( {
		happened: __( 'The provider accepts no passwords here, only OAuth.', 'email-gateway' ),
		todo: __(
			'Allow SMTP AUTH or make an app password at the provider, or use another provider.',
			'email-gateway'
		),
	} ),
	no_mechanism_in_common: () => ( {
		happened: __( 'The provider and the server have no sign-in method in common.', 'email-gateway' ),
		todo: __( 'Check whether the provider allows PLAIN or LOGIN at this port.', 'email-gateway' ),
	} ),
	no_credential: () => ( {
		happened: __( 'The provider requires a login, and the server sent none.', 'email-gateway' ),
		todo: __(
			'Check whether the provider accepts PLAIN or LOGIN with User Name and Password here.',
			'email-gateway'
		),
		waiting: __( 'Press Reinstall Email Gateway: it writes the credentials again.', 'email-gateway' ),
	} ),
	recipient_unknown: () => ( {
		happened: __( 'The receiving side does not know this recipient.', 'email-gateway' ),
		todo: __( 'Check “To” for typos.', 'email-gateway' ),
	} ),
	content_refused: () => ( {
		happened: __( 'The provider refused the content of the message.', 'email-gateway' ),
		todo: __( 'Its reply says why; often the sending domain is not verified yet.', 'email-gateway' ),
	} ),
	message_too_large: () => ( {
		happened: __( 'The message is larger than the provider allows.', 'email-gateway' ),
		todo: __( 'Send a link instead of the attachment.', 'email-gateway' ),
	} ),
	greeting_timed_out: () => ( {
		happened: __( 'The provider accepted the connection, then sent nothing.', 'email-gateway' ),
		todo: __( 'Check SMTP Port: 465 uses TLS from the start, 587 and 2525 after a greeting.', 'email-gateway' ),
	} ),
	cloud_blocks_mail: ( { silentPorts = [] } ) => ( {
		happened: __(
			'None of the provider’s mail ports answers, while the server reaches its package mirror: the cloud blocks outgoing mail.',
			'email-gateway'
		),
		todo: sprintf(
			/* translators: %s: numbers of ports */
			__(
				'Ask the support of the cloud to open outgoing TCP ports for this server; one of these is enough: %s. Or use a provider that takes mail at port 443, such as SMTP2GO.',
				'email-gateway'
			),
			silentPorts.join( ', ' ) || '587, 2525, 465'
		),
	} ),
	tls_mode_unexpected: () => ( {
		happened: __(
			'This port uses a different encryption method than its number suggests. No password was sent.',
			'email-gateway'
		),
		todo: __(
			'Use another port of the provider: 465, 2465, 8465 and 443 use TLS from the start, all others after a greeting.',
			'email-gateway'
		),
	} ),
	...ofProviders,
	...ofRefusals,
	...ofThisServer,
	unknown: () => ( {
		happened: __( 'The provider refused at this step; its words say why.', 'email-gateway' ),
		todo: __( 'Read the reply. If it is not clear, send it to the provider’s support.', 'email-gateway' ),
	} ),
};

/** To choose from: each cause with its sentence, but for `unknown`, in the order of the sentences. */
export const causeChoices = (): { value: string; label: string }[] =>
	( Object.keys( sentences ) as Cause[] )
		.filter( ( cause ) => cause !== 'unknown' && cause !== 'accepted' )
		.map( ( value ) => ( { value, label: sentences[ value ]( {} ).happened } ) )
		.sort( ( a, b ) => a.label.localeCompare( b.label ) );

/** The sentences of the cause in a detail; null where it is none, or where it tells nothing (`unknown`). */
export function causeWords( detail: CauseDetail & { cause?: Cause | undefined } ): Words | null {
	const cause = oneOf( sentences, detail.cause );
	return cause === undefined || cause === 'unknown' ? null : sentences[ cause ]( detail );
}

/** The sentences of what became of a message. */
export function deliveryWords( cause: Cause, outcome: TestResult[ 'outcome' ] ): Words {
	const { happened, todo, waiting = todo } = sentences[ cause ]( {} );
	return { happened, todo: outcome === 'waiting' ? waiting : todo };
}
