import { z } from 'zod';
import { channelInput, channelTargets, channelView } from './alert-channels.ts';

const { webhook, slack, teams, discord, telegram, ntfy, pushover }: typeof channelTargets = channelTargets;

/** Where an owner of servers can have alerts about them sent. By email to their own address in WordPress, and to no other. */
export const ownChannelTarget = z.discriminatedUnion( 'kind', [
	z.strictObject( { kind: z.literal( 'email' ) } ),
	...( [ webhook, slack, teams, discord, telegram, ntfy, pushover ] as const ),
] );
export type OwnChannelTarget = z.output< typeof ownChannelTarget >;

export const ownChannelInput = channelInput
	.omit( { owner: true, target: true } )
	/** null: stays as it is; only for one that there is. */
	.extend( { target: ownChannelTarget.nullable() } );

/** The channels that a person keeps for themselves, each told of their own servers only. */
export const ownAlertsView = z.object( {
	channels: z.array( channelView ),
	/** Where email would go; null where the site has no account for it, or the person no address. */
	mail: z.string().nullable(),
	/** Of a webhook that was saved just now, as in the alerts of a site. */
	signingSecret: z.string().nullable(),
} );
export type OwnAlertsView = z.infer< typeof ownAlertsView >;
