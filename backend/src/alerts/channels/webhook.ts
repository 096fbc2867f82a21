import { Secret } from '../../vault/secret.ts';
import type { Channel } from '../channel.ts';
import { post } from '../post.ts';
import { signatureHeaders } from '../signing.ts';

/** Our own format: the alert as JSON, signed as Standard Webhooks describes. */
export const webhook: Channel< 'webhook' > = {
	shown: ( { url } ) => new URL( url ).hostname,
	send( { url, signingSecret = '' }, { id, message }, options ) {
		const body = JSON.stringify( message );
		const seconds = Math.floor( ( options.now ?? Date.now() ) / 1000 );
		const headers = signatureHeaders( new Secret( signingSecret ), { id, body, seconds } );
		return post( { url, body, headers }, options );
	},
};
