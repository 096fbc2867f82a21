import type { SiteClient } from '../../backend/test-fixtures/site-client.ts';
import type { LabAlerts } from '../alerts/start.ts';

/** Saves the lab's receiver as webhook, and has it check each signature. */
export async function subscribe( site: SiteClient, alerts: LabAlerts ): Promise< void > {
	const target = { kind: 'webhook', url: alerts.webhook } as const;
	const { status, body } = await site.call( 'saveChannel', { body: { id: null, name: 'The lab', target } } );
	if ( status !== 200 ) {
		throw new Error( `The webhook was not saved: ${ JSON.stringify( body ) }` );
	}
	const { signingSecret } = body;
	const headers = { 'content-type': 'application/json' };
	await fetch( alerts.url, { method: 'PUT', headers, body: JSON.stringify( { signingSecret } ) } );
}
