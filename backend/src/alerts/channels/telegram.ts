import { cut, type Channel, type Outgoing } from '../channel.ts';
import { headline, linkOf, paragraphs } from '../headline.ts';
import { gone, post } from '../post.ts';

/** The Bot API: 4,096 characters; without `parse_mode` nothing in the text is markup. Usernames are no mentions of ours. */
export const telegram: Channel< 'telegram' > = {
	shown: () => 'api.telegram.org',
	send: ( target, outgoing, options ) =>
		post(
			{
				url: `https://api.telegram.org/bot${ target.token }/sendMessage`,
				body: JSON.stringify( telegramBody( target.chat, outgoing ) ),
				finalStatuses: gone,
			},
			options
		),
};

/** Telegram makes a mention of `@name`: a joiner between keeps the words and takes the mention. */
const withoutMentions = ( text: string ) => text.replace( /@(?=\w)/g, '@\u2060' );

export function telegramBody( chat: string, { message }: Outgoing ): object {
	const link = linkOf( message );
	const text = cut(
		withoutMentions( [ headline( message ), ...paragraphs( message ) ].join( '\n\n' ) ),
		3900 - link.length
	);
	return { chat_id: chat, text: `${ text }\n\n${ link }`, link_preview_options: { is_disabled: true } };
}
