import { __ } from '@wordpress/i18n';
import type { ChannelKind, RequestOf } from '@email-gateway/shared';

/** What is typed of a channel, by the names that it is sent by. */
export type ChannelValues = Record< string, string >;

export interface ChannelField {
	name: string;
	placeholder?: string;
	type?: 'text' | 'email' | 'secret' | 'account';
	help?: () => string;
	optional?: boolean;
}

/** In the order in which they are asked. */
export const channelFields: Record< ChannelKind, readonly ChannelField[] > = {
	email: [
		{ name: 'to', type: 'email' },
		{ name: 'from', type: 'email' },
		{ name: 'account', type: 'account' },
	],
	webhook: [ { name: 'url', placeholder: 'https://' } ],
	slack: [ { name: 'url', placeholder: 'https://hooks.slack.com/services/…' } ],
	teams: [ { name: 'url', placeholder: 'https://….logic.azure.com/workflows/…' } ],
	discord: [ { name: 'url', placeholder: 'https://discord.com/api/webhooks/…' } ],
	telegram: [
		{ name: 'token', type: 'secret' },
		{ name: 'chat', placeholder: '-100123456789' },
	],
	ntfy: [
		{ name: 'url', placeholder: 'https://ntfy.sh/…' },
		{
			...{ name: 'token', type: 'secret', optional: true },
			help: () => __( 'Only for a topic that not everyone may write to.', 'email-gateway' ),
		},
	],
	pushover: [ { name: 'token', type: 'secret' }, { name: 'user' } ],
	notice: [],
	heartbeat: [ { name: 'url', placeholder: 'https://hc-ping.com/…' } ],
};

type Target = RequestOf< 'saveChannel' >[ 'target' ];

/** What is sent; the backend checks it. */
export const targetOf = ( kind: ChannelKind, values: ChannelValues ): Target =>
	( {
		kind,
		...Object.fromEntries( channelFields[ kind ].map( ( { name } ) => [ name, values[ name ] ?? '' ] ) ),
	} ) as unknown as Target;
