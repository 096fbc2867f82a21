import { cut, type Channel, type Outgoing } from '../channel.ts';
import { headline, linkOf, paragraphs } from '../headline.ts';
import { gone, post } from '../post.ts';

const escape = ( text: string ) => text.replace( /[\\`*_~|>#[\]()<:@-]/g, '\\$&' );

/** Discord takes 2,000 characters; nobody is mentioned, whatever the text looks like, and no link makes a preview. */
export const discord: Channel< 'discord' > = {
	shown: ( { url } ) => new URL( url ).hostname,
	send: ( { url }, outgoing, options ) =>
		post( { url, body: JSON.stringify( discordBody( outgoing ) ), finalStatuses: gone }, options ),
};

const suppressEmbeds = 4;

export function discordBody( { message }: Outgoing ): object {
	const link = `<${ linkOf( message ) }>`;
	const title = `**${ escape( cut( headline( message ), 200 ) ) }**`;
	const rest = 1990 - title.length - link.length;
	// cut before it is escaped, so that no escape is cut in two
	let text = paragraphs( message ).join( '\n' );
	while ( escape( text ).length > rest ) {
		text = cut( text, Math.max( 1, Math.floor( text.length * 0.9 ) ) );
	}
	return {
		content: [ title, escape( text ), link ].join( '\n' ),
		allowed_mentions: { parse: [] },
		flags: suppressEmbeds,
	};
}
