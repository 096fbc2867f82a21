import { __, sprintf } from '@wordpress/i18n';
import type { FromRule, Preset } from '@email-gateway/shared/presets';

/** What the form tells of one provider, each beside the field it concerns. */
export interface PresetWords {
	userName: string;
	password: string;
	from: string;
	/** Limits the provider names; '' where it names none. */
	limits: string;
	/** A dated change that will stop mail; '' where none is known. */
	warning: string;
}

const fromRules: Record< FromRule, () => string > = {
	rewritten_to_account: () =>
		__( 'From is rewritten to the address of the account, unless it is one of its aliases.', 'email-gateway' ),
	account_or_alias: () => __( 'Sends only from the account’s own address and its aliases.', 'email-gateway' ),
	verified_sender: () =>
		__( 'Sends only from an address or a domain that is verified with this provider.', 'email-gateway' ),
	verified_domain: () => __( 'Sends only from a domain that is verified with this provider.', 'email-gateway' ),
	any_registered_domain: () => __( 'Sends from any domain that is registered with the account.', 'email-gateway' ),
};

const passwords: Record< Preset[ 'password' ], () => string > = {
	password: () =>
		__( 'The password of the mailbox; the administrator must have allowed SMTP AUTH for it.', 'email-gateway' ),
	app_password: () => __( 'An app password made for this, not the one you sign in with.', 'email-gateway' ),
	smtp_password: () => __( 'The SMTP password or SMTP key, not the API key.', 'email-gateway' ),
	api_key: () => __( 'An API key; where the provider has a secret key, that one.', 'email-gateway' ),
	token: () => __( 'The token that the provider made for sending.', 'email-gateway' ),
	derived_smtp_password: () =>
		__( 'The SMTP password made for this region, not the secret key of an IAM user.', 'email-gateway' ),
};

const userNames: Record< Extract< Preset[ 'userName' ], { kind: string } >[ 'kind' ], () => string > = {
	address: () => __( 'The whole mail address of the account.', 'email-gateway' ),
	login: () => __( 'The SMTP user name that the provider shows, often not your address.', 'email-gateway' ),
	token: () => __( 'The same token as in “Password”.', 'email-gateway' ),
};

/** Before the day, what is coming; after it, what has come. */
const warnings: Record< NonNullable< Preset[ 'warning' ] >, ( nowMs: number ) => string > = {
	microsoft_basic_auth_ends: ( nowMs ) =>
		nowMs < Date.UTC( 2026, 11, 31 )
			? __(
					'Microsoft switches signing in with a password off by default from the end of December 2026: have your administrator allow SMTP AUTH, or plan another provider.',
					'email-gateway'
			  )
			: __(
					'Since the end of December 2026 Microsoft has signing in with a password off by default: your administrator must have allowed SMTP AUTH, or use another provider.',
					'email-gateway'
			  ),
};

/** Help for a known provider. */
export function presetWords( preset: Preset, nowMs = Date.now() ): PresetWords {
	const { userName, password, from } = preset;
	return {
		userName:
			'literal' in userName
				? /* translators: %s: a fixed user name, e.g. apikey */
				  sprintf( __( 'Always the word “%s”.', 'email-gateway' ), userName.literal )
				: userNames[ userName.kind ](),
		password: passwords[ password ](),
		from: fromRules[ from ](),
		limits: limitWords( preset ),
		warning: preset.warning ? warnings[ preset.warning ]( nowMs ) : '',
	};
}

function limitWords( { perDay, connections, perMinute, messageMb }: Preset ): string {
	const number = ( value: number ) => new Intl.NumberFormat( document.documentElement.lang || 'en' ).format( value );
	/* translators: %s: a number of recipients */
	const day = perDay ? sprintf( __( 'About %s recipients a day.', 'email-gateway' ), number( perDay ) ) : '';
	const atOnce = connections
		? /* translators: %d: a number of connections */
		  sprintf( __( 'At most %d connections at once; the gateway keeps to that.', 'email-gateway' ), connections )
		: '';
	const minute = perMinute
		? /* translators: %d: a number of messages */
		  sprintf( __( 'At most %d messages a minute; the gateway keeps to that.', 'email-gateway' ), perMinute )
		: '';
	/* translators: %d: a number of megabytes */
	const size = messageMb ? sprintf( __( 'Messages up to %d MB.', 'email-gateway' ), messageMb ) : '';
	return [ day, atOnce, minute, size ].filter( Boolean ).join( ' ' );
}
