import { cut, type Channel, type Outgoing } from '../channel.ts';
import { headline, linkOf, paragraphs } from '../headline.ts';
import { gone, post } from '../post.ts';

/** 250 characters of title, 1,024 of message, 512 of address; without `html` nothing in it is markup. */
export const pushover: Channel< 'pushover' > = {
	shown: () => 'api.pushover.net',
	send: ( target, outgoing, options ) =>
		post(
			{
				url: 'https://api.pushover.net/1/messages.json',
				body: JSON.stringify( { token: target.token, user: target.user, ...pushoverBody( outgoing ) } ),
				// where the month's messages are used up it says 429, and any other 4xx says that the request is wrong
				finalStatuses: gone,
			},
			options
		),
};

export function pushoverBody( { message }: Outgoing ): object {
	const link = linkOf( message );
	return {
		title: cut( headline( message ), 250 ),
		message: cut( paragraphs( message ).join( '\n\n' ), 1024 ),
		...( link.length <= 512 ? { url: link, url_title: 'Open' } : {} ),
		priority: message.kind === 'opened' ? 1 : 0,
	};
}
