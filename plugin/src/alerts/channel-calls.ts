import type { AlertsView, ChannelKind, ChannelView, OwnAlertsView, RequestOf } from '@email-gateway/shared';
import { call } from '../api/call.ts';
import { channelNames } from '../words/alert-channels.ts';
import { channelFields, type ChannelField } from './channel-fields.ts';

/** What both kinds of view tell: of the channels of a site, and of those that an owner keeps. */
export interface WithChannels {
	channels: readonly ChannelView[];
	signingSecret: string | null;
}

/** How channels are asked for and changed. */
export interface ChannelCalls< View extends WithChannels > {
	/** Of those that are added with a form. */
	kinds: readonly ChannelKind[];
	fieldsOf( kind: ChannelKind ): readonly ChannelField[];
	read( signal: AbortSignal ): Promise< View >;
	save( asked: RequestOf< 'saveChannel' > ): Promise< View >;
	test( id: string ): Promise< View >;
	remove( id: string ): Promise< View >;
}

export const callsOfSite: ChannelCalls< AlertsView > = {
	kinds: Object.keys( channelNames ) as ChannelKind[],
	fieldsOf: ( kind ) => channelFields[ kind ],
	read: ( signal ) => call( 'readAlerts', { signal } ),
	save: ( body ) => call( 'saveChannel', { body } ),
	test: ( id ) => call( 'sendTestAlert', { body: { id } } ),
	remove: ( id ) => call( 'deleteChannel', { body: { id } } ),
};

/** Of the owner of this server, who has the same at each of theirs. Email needs no form: it goes to their own address. */
export const callsOfOwner = ( serverId: number ): ChannelCalls< OwnAlertsView > => ( {
	kinds: [ 'webhook', 'slack', 'teams', 'discord', 'telegram', 'ntfy', 'pushover' ],
	fieldsOf: ( kind ) => ( kind === 'email' ? [] : channelFields[ kind ] ),
	read: ( signal ) => call( 'readOwnAlerts', { serverId, signal } ),
	save: ( { owner: _, ...body } ) =>
		call( 'saveOwnChannel', { serverId, body: body as RequestOf< 'saveOwnChannel' > } ),
	test: ( id ) => call( 'sendOwnTestAlert', { serverId, body: { id } } ),
	remove: ( id ) => call( 'deleteOwnChannel', { serverId, body: { id } } ),
} );
