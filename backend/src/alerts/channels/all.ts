import type { ChannelKind } from '@email-gateway/shared';
import type { Channel } from '../channel.ts';
import { discord } from './discord.ts';
import { email } from './email.ts';
import { heartbeat } from './heartbeat.ts';
import { notice } from './notice.ts';
import { ntfy } from './ntfy.ts';
import { pushover } from './pushover.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { telegram } from './telegram.ts';
import { webhook } from './webhook.ts';

export const channels: { readonly [ Kind in ChannelKind ]: Channel< Kind > } = {
	...{ email, webhook, slack, teams, discord, telegram, ntfy, pushover, notice, heartbeat },
};

/** The one of a kind that is known only as it runs: its target was checked when it was typed. */
export const channelOfKind = ( kind: ChannelKind ): Channel< ChannelKind > =>
	channels[ kind ] as unknown as Channel< ChannelKind >;
