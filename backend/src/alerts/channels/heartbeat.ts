import type { Channel } from '../channel.ts';
import { post } from '../post.ts';

/** Told nothing but that the backend lives, for a service that raises the alarm once that ends. */
export const heartbeat: Channel< 'heartbeat' > = {
	shown: ( { url } ) => new URL( url ).hostname,
	send: ( { url }, _outgoing, options ) => post( { url, body: '' }, options ),
};
