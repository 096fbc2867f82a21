import { cut, type Channel, type Outgoing } from '../channel.ts';
import { headline, linkOf, paragraphs } from '../headline.ts';
import { gone, post } from '../post.ts';

/** Slack reads `<…>` as links and mentions (`<!channel>`), and says to replace these three and no others. */
const escape = ( text: string ) => text.replace( /&/g, '&amp;' ).replace( /</g, '&lt;' ).replace( />/g, '&gt;' );

/** Incoming webhooks: a header of 150 characters, sections of 3,000; `text` is what notifications show. */
export const slack: Channel< 'slack' > = {
	shown: ( { url } ) => new URL( url ).hostname,
	send: ( { url }, outgoing, options ) =>
		post( { url, body: JSON.stringify( slackBody( outgoing ) ), finalStatuses: gone }, options ),
};

export function slackBody( { message }: Outgoing ): object {
	const title = headline( message );
	const plain = ( text: string, most: number ) => ( { type: 'plain_text', text: cut( text, most ), emoji: false } );
	return {
		text: cut( escape( title ), 3000 ),
		unfurl_links: false,
		blocks: [
			{ type: 'header', text: plain( title, 150 ) },
			// plain_text knows no markup, so that nothing in it mentions or links
			...paragraphs( message ).map( ( text ) => ( { type: 'section', text: plain( text, 3000 ) } ) ),
			{
				type: 'section',
				text: { type: 'mrkdwn', text: `<${ escape( linkOf( message ) ) }|Open>`, verbatim: true },
			},
		],
	};
}
