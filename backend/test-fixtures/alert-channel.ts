import type { SiteClient } from './site-client.ts';

/** What is asked to add a webhook for all servers of a site. */
export const webhookTo = ( url: string ) => ( { id: null, name: '', target: { kind: 'webhook' as const, url } } );

/** Adds one, and gives its id. */
export async function addWebhook( site: SiteClient, url = 'https://hooks.example.com/in' ): Promise< string > {
	const { body } = await site.call( 'saveChannel', { body: webhookTo( url ) } );
	return body.channels.at( -1 )?.id ?? '';
}
