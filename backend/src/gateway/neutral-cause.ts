import type { Cause } from '@email-gateway/shared';

/** What one provider alone says names it: the cause that all of them share instead, for whom it is not shown. */
const shared: Partial< Record< Cause, Cause > > = {
	oauth_only: 'wrong_credentials',
	app_password_required: 'wrong_credentials',
	web_login_required: 'wrong_credentials',
	smtp_auth_disabled: 'wrong_credentials',
	password_login_ended: 'wrong_credentials',
	login_forbidden_by_policy: 'wrong_credentials',
	forbidden_by_organisation: 'wrong_credentials',
	too_many_logins: 'temporary_login_failure',
	address_not_authorised: 'sender_refused',
	identity_not_verified: 'sender_refused',
	sender_not_authenticated: 'sender_refused',
	account_suspended: 'unknown',
	account_not_permitted: 'unknown',
	recipient_not_verified: 'recipient_unknown',
	// how strictly an address is read tells providers apart
	recipient_malformed: 'recipient_unknown',
	recipient_mailbox_full: 'recipient_unknown',
	recipient_disabled: 'recipient_unknown',
	recipient_restricted: 'recipient_unknown',
	recipient_suppressed: 'recipient_unknown',
	recipient_too_fast: 'quota_exceeded',
	too_fast: 'quota_exceeded',
	refused_for_good_as_temporary: 'unknown',
};

export const neutral = ( cause: Cause ): Cause => shared[ cause ] ?? cause;
