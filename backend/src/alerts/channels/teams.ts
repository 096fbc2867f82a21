import { cut, type Channel, type Outgoing } from '../channel.ts';
import { headline, linkOf, paragraphs } from '../headline.ts';
import { gone, post } from '../post.ts';

/** A TextBlock reads a part of Markdown; a mention needs an entity of the card, which there is none of. */
const escape = ( text: string ) => text.replace( /[\\`*_{}[\]()#+\-!~|<>&]/g, '\\$&' ).replace( /\n/g, '\n\n' );

/** A workflow “When a Teams webhook request is received” takes Adaptive Cards alone, of 28 KB with all around them. */
export const teams: Channel< 'teams' > = {
	shown: ( { url } ) => new URL( url ).hostname,
	send: ( { url }, outgoing, options ) =>
		post( { url, body: JSON.stringify( teamsBody( outgoing ) ), finalStatuses: gone }, options ),
};

export function teamsBody( { message }: Outgoing ): object {
	const block = ( text: string, more: object = {} ) => ( { type: 'TextBlock', text, wrap: true, ...more } );
	return {
		type: 'message',
		attachments: [
			{
				contentType: 'application/vnd.microsoft.card.adaptive',
				contentUrl: null,
				content: {
					$schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
					type: 'AdaptiveCard',
					version: '1.4',
					body: [
						block( escape( cut( headline( message ), 200 ) ), { weight: 'Bolder', size: 'Medium' } ),
						...paragraphs( message ).map( ( text ) => block( escape( cut( text, 3000 ) ) ) ),
					],
					actions: [ { type: 'Action.OpenUrl', title: 'Open', url: linkOf( message ) } ],
				},
			},
		],
	};
}
