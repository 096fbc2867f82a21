import { cut, type Channel, type Outgoing } from '../channel.ts';
import { headline, linkOf, paragraphs } from '../headline.ts';
import { gone, post } from '../post.ts';

/** JSON goes to the root of an ntfy server and names the topic; a message has 4,096 bytes, or it becomes an attachment. */
export const ntfy: Channel< 'ntfy' > = {
	shown: ( { url } ) => new URL( url ).hostname,
	send( { url, token }, outgoing, options ) {
		const { origin, pathname } = new URL( url );
		return post(
			{
				url: `${ origin }/`,
				body: JSON.stringify( ntfyBody( pathname.slice( 1 ), outgoing ) ),
				headers: token === '' ? {} : { authorization: `Bearer ${ token }` },
				finalStatuses: gone,
			},
			options
		);
	},
};

export function ntfyBody( topic: string, { message }: Outgoing ): object {
	let text = paragraphs( message ).join( '\n\n' );
	while ( Buffer.byteLength( text ) > 4000 ) {
		text = cut( text, Math.floor( text.length * 0.9 ) );
	}
	return {
		topic,
		title: cut( headline( message ), 250 ),
		message: text,
		// 4 of 5: a phone may ring; an end and a test wake nobody
		priority: message.kind === 'opened' ? 4 : 3,
		click: linkOf( message ),
	};
}
