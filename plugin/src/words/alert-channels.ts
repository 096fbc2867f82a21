import { __, _x } from '@wordpress/i18n';
import type { ChannelKind } from '@email-gateway/shared';

/** Where alerts go, by name; names of products are the same in each language. */
export const channelNames: Record< ChannelKind, () => string > = {
	email: () => _x( 'Email', 'channel for alerts', 'email-gateway' ),
	webhook: () => _x( 'Webhook', 'channel for alerts', 'email-gateway' ),
	slack: () => 'Slack',
	teams: () => __( 'Microsoft Teams', 'email-gateway' ),
	discord: () => 'Discord',
	telegram: () => 'Telegram',
	ntfy: () => 'ntfy',
	pushover: () => 'Pushover',
	notice: () => __( 'Notice in wp-admin', 'email-gateway' ),
	heartbeat: () => _x( 'Heartbeat', 'channel for alerts', 'email-gateway' ),
};

/** What it is for and where its values come from, above its fields. */
export const channelHelp: Record< ChannelKind, () => string > = {
	email: () =>
		__(
			'Sent by the backend through an account, not through a gateway: an alert must not need the mail that does not work.',
			'email-gateway'
		),
	webhook: () => __( 'Each alert is sent there as JSON, with a signature.', 'email-gateway' ),
	slack: () =>
		__( 'In Slack, add the app Incoming Webhooks to a channel, and copy its Webhook URL.', 'email-gateway' ),
	teams: () =>
		__(
			'In Teams, add the workflow that posts to a channel when a webhook request is received, and copy its URL.',
			'email-gateway'
		),
	discord: () =>
		__(
			'In Discord, open the settings of a channel, then Integrations, and copy the URL of a webhook.',
			'email-gateway'
		),
	telegram: () =>
		__(
			'Make a bot with @BotFather, add it to the chat, and enter its token and the id of the chat.',
			'email-gateway'
		),
	ntfy: () =>
		__(
			'The address of a topic, such as https://ntfy.sh/my-topic. Everyone who knows its name can read it.',
			'email-gateway'
		),
	pushover: () =>
		__(
			'Make an application at Pushover; it gives the token. The user key is on your dashboard there.',
			'email-gateway'
		),
	notice: () => __( 'What is wrong is shown to administrators at the top of wp-admin.', 'email-gateway' ),
	heartbeat: () =>
		__(
			'Tells no alerts: the backend calls this address every minute. A service such as healthchecks.io alerts you once the calls end, because then the backend itself is gone.',
			'email-gateway'
		),
};

/** After a channel was saved. */
export const savedWords = ( kind: ChannelKind ) =>
	kind === 'notice' || kind === 'heartbeat'
		? _x( 'Saved.', 'form', 'email-gateway' )
		: __( 'Saved. Press Send a Test Alert to see whether alerts arrive.', 'email-gateway' );
