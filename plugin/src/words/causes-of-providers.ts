import { __ } from '@wordpress/i18n';
import type { Cause, DetailOf, ProviderErrorCode } from '@email-gateway/shared';
import type { Words } from './failure.ts';

export interface CauseWords extends Words {
	/** What to do where mail waits because of it, if that is something else. */
	waiting?: string;
}

/** What the sentence of a cause may name. */
export type CauseDetail = Pick< DetailOf< ProviderErrorCode >, 'issuer' | 'hasOwnCa' | 'silentPorts' >;

/** It passes by itself: before an install somebody asks again, mail that waits is tried again. */
export const passes = () => ( {
	todo: __( 'Try again in a few minutes; it usually passes.', 'email-gateway' ),
	waiting: __( 'Nothing to do: the server keeps trying.', 'email-gateway' ),
} );

/** Causes that are told by what one provider means by its reply. */
export const ofProviders = {
	app_password_required: () => ( {
		happened: __( 'The provider refused the login: it accepts app passwords only.', 'email-gateway' ),
		todo: __(
			'Create an app password in the account (this requires two-step verification) and enter it as the password. Check User Name, too.',
			'email-gateway'
		),
	} ),
	web_login_required: () => ( {
		happened: __( 'The provider requires the account owner to sign in with a browser first.', 'email-gateway' ),
		todo: __(
			'Sign in to the account on the web and confirm what it asks, then try again. An app password avoids this.',
			'email-gateway'
		),
	} ),
	smtp_auth_disabled: () => ( {
		happened: __( 'SMTP AUTH is disabled for this mailbox or its organisation.', 'email-gateway' ),
		todo: __(
			'Ask the Microsoft 365 administrator to enable “Authenticated SMTP” for the mailbox: Users, Mail, Manage email apps.',
			'email-gateway'
		),
	} ),
	password_login_ended: () => ( {
		happened: __( 'The provider no longer accepts passwords for sending.', 'email-gateway' ),
		todo: __( 'Use another provider for sending, or a relay that accepts keys.', 'email-gateway' ),
	} ),
	login_forbidden_by_policy: () => ( {
		happened: __( 'A policy of the organisation forbids this login.', 'email-gateway' ),
		todo: __(
			'Ask its administrator to exclude this mailbox from security defaults or conditional access.',
			'email-gateway'
		),
	} ),
	address_not_authorised: () => ( {
		happened: __( 'The provider does not accept mail from this server’s IP address.', 'email-gateway' ),
		todo: __( 'Add the server’s IP address to the authorised addresses at the provider.', 'email-gateway' ),
	} ),
	account_suspended: () => ( {
		happened: __( 'The account at the provider is not active: suspended, or not activated yet.', 'email-gateway' ),
		todo: __( 'Check the account in the provider’s panel, or ask its support.', 'email-gateway' ),
	} ),
	account_not_permitted: () => ( {
		happened: __( 'These credentials are right, but have no permission to send.', 'email-gateway' ),
		todo: __( 'Grant them permission to send at the provider, for this region and sender.', 'email-gateway' ),
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
		todo: __( 'The recipient must free up space; nothing is wrong with this server.', 'email-gateway' ),
	} ),
	too_fast: () => ( {
		happened: __( 'Mail comes faster than the provider allows.', 'email-gateway' ),
		...passes(),
	} ),
	refused_for_good_as_temporary: () => ( {
		happened: __( 'The provider will not accept this message, although it says “later”.', 'email-gateway' ),
		todo: __( 'Check that the domain of From is verified there; waiting does not help.', 'email-gateway' ),
	} ),
} satisfies Partial< Record< Cause, ( detail: CauseDetail ) => CauseWords > >;
