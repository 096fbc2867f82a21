import { z } from 'zod';

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
	'unknown',
] as const;
export type Cause = ( typeof causes )[ number ];

/** Never just "sent": what the provider did with it. */
export const deliveryOutcome = z.enum( [ 'accepted', 'waiting', 'refused' ] );
export type DeliveryOutcome = z.infer< typeof deliveryOutcome >;

export const diagnosis = z.object( {
	cause: z.enum( causes ),
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
	/** The lines of this message, user names masked. */
	log: z.array( z.string() ),
} );
export type TestResult = z.infer< typeof testResult >;
