import type { Actor } from '@email-gateway/shared';
import { administrator, type SiteClient } from './site-client.ts';
import { connectServer } from './test-backend.ts';

/** What is asked to add a webhook for all servers of a site. */
export const webhookTo = ( url: string ) => ( { id: null, name: '', target: { kind: 'webhook' as const, url } } );

/** Adds one, and gives its id. */
export async function addWebhook( site: SiteClient, url = 'https://hooks.example.com/in' ): Promise< string > {
	const { body } = await site.call( 'saveChannel', { body: webhookTo( url ) } );
	return body.channels.at( -1 )?.id ?? '';
}

/** Adds one that the owner of a server keeps, who asks as `actor`, and gives its id. */
export async function addOwnWebhook(
	site: SiteClient,
	serverId: number,
	actor: Partial< Actor >,
	url = 'https://hooks.example.com/own'
): Promise< string > {
	const { body } = await site.call( 'saveOwnChannel', { serverId, actor, body: webhookTo( url ) } );
	return body.channels.at( -1 )?.id ?? '';
}

/** Connects a server whose owner keeps a channel, and gives what they may ask to change of it. */
export async function changesOfOwner( site: SiteClient, serverId: number ) {
	await connectServer( site, serverId );
	const by = { serverId, actor: { owner: administrator.userId } };
	const id = await addOwnWebhook( site, serverId, by.actor );
	return {
		saveOwnChannel: { ...by, body: webhookTo( 'https://hooks.example.com/mine' ) },
		sendOwnTestAlert: { ...by, body: { id } },
		deleteOwnChannel: { ...by, body: { id } },
	};
}
