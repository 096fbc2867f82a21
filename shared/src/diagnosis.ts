import { z } from 'zod';
import { heldBy } from './held-by.ts';
import { sandboxKinds } from './sandbox.ts';
import { sentAs } from './sent-as.ts';

/** Why a message was accepted, waits or was refused: causes told apart in the server's mail log or at preflight. */
export const causes = [
	'accepted',
	'wrong_credentials',
	'temporary_login_failure',
	'sender_refused',
	'greylisted',
	'quota_exceeded',
	'certificate_expired',
	'certificate_not_yet_valid',
	'certificate_self_signed',
	'certificate_wrong_name',
	'certificate_untrusted',
	'starttls_not_offered',
	'tls_handshake_failed',
	'port_closed',
	'port_blocked',
	'name_not_found',
	'resolver_down',
	'lost_after_data',
	'dropped_midway',
	'provider_in_trouble',
	'dropped_at_greeting',
	'too_many_connections',
	'oauth_only',
	'no_mechanism_in_common',
	'no_credential',
	'recipient_unknown',
	'content_refused',
	'message_too_large',
	'greeting_timed_out',
	// seen by looking from the server, not told by a log
	'cloud_blocks_mail',
	'tls_mode_unexpected',
	// told by what one provider means by its reply
	'app_password_required',
	'web_login_required',
	'smtp_auth_disabled',
	'password_login_ended',
	'login_forbidden_by_policy',
	'address_not_authorised',
	'account_suspended',
	'account_not_permitted',
	'identity_not_verified',
	'recipient_not_verified',
	'recipient_mailbox_full',
	'too_fast',
	'refused_for_good_as_temporary',
	// told by words that many servers use, whoever the provider is
	'helo_refused',
	'tls_required',
	'sender_malformed',
	'message_malformed',
	'login_refused',
	'too_many_logins',
	'forbidden_by_organisation',
	'sender_domain_not_found',
	'sender_not_authenticated',
	'recipient_malformed',
	'recipient_disabled',
	'recipient_restricted',
	'recipient_suppressed',
	'recipient_too_fast',
	'blocklisted',
	'reverse_dns_missing',
	'receiver_refused',
	// told by Postfix’s own words
	'sasl_missing',
	'root_store_missing',
	'tlsproxy_missing',
	'own_postfix_failed',
	'loops_to_itself',
	'not_smtp',
	'tls_too_old',
	'tls_timed_out',
	'settings_changed_by_hand',
	'not_through_gateway',
	'sandbox',
	'unknown',
] as const;
export type Cause = ( typeof causes )[ number ];

/**
 * Whose matter it is. `server`: this server and the messages made on it; `receiver`: what a receiving side judges of who
 * sends; `provider`: its faults and its certificate; `network`: what lies between.
 */
export const whose = z.enum( [
	...( [ 'login', 'account', 'sender', 'recipient', 'content', 'receiver' ] as const ),
	...( [ 'server', 'provider', 'network' ] as const ),
] );
export type Whose = z.infer< typeof whose >;

/**
 * Never just "sent": what the provider did with it. `elsewhere`: it was delivered, but not to the provider of Settings ·
 * `sandboxed`: the server's sandbox held or dropped it · `held`: something else holds it; in both cases the provider was not asked.
 */
export const deliveryOutcome = z.enum( [ 'accepted', 'waiting', 'refused', 'elsewhere', 'sandboxed', 'held' ] );
export type DeliveryOutcome = z.infer< typeof deliveryOutcome >;

export const diagnosis = z.object( {
	cause: z.enum( causes ),
	/** Null where nothing tells; absent in results of former versions. */
	whose: whose.nullable().optional(),
	/** Whether waiting alone can help; null where nothing tells. */
	passes: z.boolean().nullable().optional(),
	/** RFC 3463 code as logged, e.g. `4.7.8`; null where none was given. */
	enhancedCode: z.string().nullable(),
	/** The provider's or Postfix's own words, at most 512 characters, control sequences stripped. */
	reply: z.string(),
	/** The SMTP command the reply answered, e.g. `MAIL FROM`, where the log tells. */
	stage: z.string().nullable(),
} );
export type Diagnosis = z.infer< typeof diagnosis >;

/** According to the server's mail log: what became of one test email. */
export const testResult = z.object( {
	outcome: deliveryOutcome,
	/** Empty where it is withheld, as an address of a sending domain that the person is not shown. */
	from: z.string(),
	to: z.string(),
	diagnosis,
	queueId: z.string(),
	/** As Postfix logs it: `smtp.example.com[203.0.113.9]:587`. */
	relay: z.string().nullable(),
	tlsVersion: z.string().nullable(),
	certificateName: z.string().nullable(),
	/** Milliseconds until sendmail returned, and until the provider answered. */
	handOverMs: z.number(),
	answerMs: z.number(),
	/** The sandbox that was on; absent where none was. `mailbox`: who got it in place of `to`; null where it was not redirected. */
	sandbox: z.object( { kind: z.enum( sandboxKinds ), mailbox: z.string().nullable() } ).optional(),
	/** As whom it was sent; absent where it went as the server's own. */
	sentAs: sentAs.optional(),
	/** With the outcome `held` only. */
	heldBy: heldBy.optional(),
	/** The lines of this message, user names masked. */
	log: z.array( z.string() ),
} );
export type TestResult = z.infer< typeof testResult >;
