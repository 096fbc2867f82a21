import type { Cause, Whose } from '@email-gateway/shared';

/** What a cause tells besides its name. */
export interface Matter {
	whose: Whose | null;
	/** Whether waiting alone can help; null where that depends on the reply code. */
	passes: boolean | null;
	/** Whether the message stays in the queue, where that is not told by whose matter it is. */
	waits?: boolean;
}

/** These can be mended by somebody, so mail waits for it; of the others the sender is told at once. */
const mendable: readonly ( Whose | null )[] = [ 'login', 'account', 'sender', 'server', 'provider', 'network' ];

export const staysInQueue = ( { whose, waits }: Pick< Matter, 'whose' | 'waits' > ): boolean =>
	waits ?? mendable.includes( whose );

const login = { whose: 'login', passes: false } as const;
const account = { whose: 'account', passes: false } as const;
const sender = { whose: 'sender', passes: false } as const;
const recipient = { whose: 'recipient', passes: false } as const;
const receiver = { whose: 'receiver', passes: false } as const;
const content = { whose: 'content', passes: false } as const;
const server = { whose: 'server', passes: false } as const;
const provider = { whose: 'provider', passes: false } as const;
const network = { whose: 'network', passes: true } as const;
const forNow = { passes: true } as const;

export const matters: Readonly< Record< Cause, Matter > > = {
	accepted: { whose: null, passes: null },
	unknown: { whose: null, passes: null },

	wrong_credentials: login,
	login_refused: login,
	app_password_required: login,
	oauth_only: login,
	password_login_ended: login,
	too_many_logins: { ...login, ...forNow },

	web_login_required: account,
	smtp_auth_disabled: account,
	login_forbidden_by_policy: account,
	address_not_authorised: account,
	account_suspended: account,
	account_not_permitted: account,
	recipient_not_verified: account,
	forbidden_by_organisation: account,
	quota_exceeded: { ...account, ...forNow },
	too_fast: { ...account, ...forNow },

	sender_refused: sender,
	identity_not_verified: sender,
	sender_domain_not_found: sender,
	refused_for_good_as_temporary: sender,

	recipient_unknown: recipient,
	recipient_malformed: recipient,
	recipient_disabled: recipient,
	recipient_restricted: recipient,
	recipient_suppressed: recipient,
	recipient_mailbox_full: { ...recipient, ...forNow },
	recipient_too_fast: { ...recipient, ...forNow },

	greylisted: { ...receiver, ...forNow },
	blocklisted: receiver,
	reverse_dns_missing: receiver,
	receiver_refused: receiver,
	// the owner of the sender's domain can mend its records
	sender_not_authenticated: { ...receiver, waits: true },

	content_refused: content,
	message_too_large: content,

	no_credential: server,
	helo_refused: server,
	tls_required: server,
	tls_mode_unexpected: server,
	tls_handshake_failed: server,
	certificate_untrusted: server,
	name_not_found: server,
	resolver_down: { ...server, ...forNow },
	sasl_missing: server,
	root_store_missing: server,
	tlsproxy_missing: server,
	own_postfix_failed: server,
	loops_to_itself: server,
	settings_changed_by_hand: server,
	not_through_gateway: server,
	sandbox: server,
	// the message stays as it was made
	sender_malformed: { ...server, waits: false },
	message_malformed: { ...server, waits: false },

	not_smtp: provider,
	port_closed: provider,
	greeting_timed_out: provider,
	dropped_at_greeting: provider,
	starttls_not_offered: server,
	tls_too_old: provider,
	certificate_expired: provider,
	certificate_self_signed: provider,
	certificate_wrong_name: provider,
	certificate_not_yet_valid: server,
	no_mechanism_in_common: provider,
	temporary_login_failure: { ...provider, ...forNow },
	provider_in_trouble: { ...provider, ...forNow },
	too_many_connections: { ...provider, ...forNow },

	port_blocked: { ...network, passes: false },
	cloud_blocks_mail: { ...network, passes: false },
	dropped_midway: network,
	lost_after_data: network,
	tls_timed_out: network,
};
