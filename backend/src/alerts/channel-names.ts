import type { ChannelKind } from '@email-gateway/shared';

/** In alerts, which are English; the screen has its own. */
export const channelNames: Record< ChannelKind, string > = {
	...{ email: 'email', webhook: 'the webhook', slack: 'Slack', teams: 'Microsoft Teams', discord: 'Discord' },
	...{ telegram: 'Telegram', ntfy: 'ntfy', pushover: 'Pushover', notice: 'wp-admin', heartbeat: 'the heartbeat' },
};
