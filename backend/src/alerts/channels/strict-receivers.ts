// Only for tests: what each service says in its manual that it takes, and how it refuses the rest.
import { z } from 'zod';

const text = ( most: number ) => z.string().min( 1 ).max( most );
const link = z.url( { protocol: /^https?$/ } );

/** api.slack.com/reference/block-kit: limits of blocks; “Escaping text”: `<`, `>` and `&` are markup in mrkdwn. */
const plainText = ( most: number ) =>
	z.strictObject( { type: z.literal( 'plain_text' ), text: text( most ), emoji: z.boolean() } );
const slackEscaped = /^(?:[^<>&]|&(?:amp|lt|gt);)*$/;
const slackLink = z.strictObject( {
	type: z.literal( 'mrkdwn' ),
	text: text( 3000 ).regex( /^<https?:\/\/(?:[^<>|&]|&(?:amp|lt|gt);)+\|Open>$/ ),
	verbatim: z.literal( true ),
} );
const slack = z.strictObject( {
	text: text( 40_000 ).regex( slackEscaped ),
	unfurl_links: z.boolean(),
	blocks: z
		.array(
			z.discriminatedUnion( 'type', [
				z.strictObject( { type: z.literal( 'header' ), text: plainText( 150 ) } ),
				z.strictObject( { type: z.literal( 'section' ), text: z.union( [ plainText( 3000 ), slackLink ] ) } ),
			] )
		)
		.min( 1 )
		.max( 50 ),
} );

/** Adaptive Cards 1.4 for Teams: a TextBlock is Markdown, so each character that means something there is escaped. */
const markdownEscaped = /^(?:\\[^A-Za-z0-9\s]|[^\\`*_{}[\]()#+~|<>&])*$/s;
const textBlock = z.strictObject( {
	type: z.literal( 'TextBlock' ),
	text: text( 10_000 ).regex( markdownEscaped ),
	wrap: z.boolean(),
	weight: z.enum( [ 'Lighter', 'Default', 'Bolder' ] ).optional(),
	size: z.enum( [ 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge' ] ).optional(),
} );
const teams = z.strictObject( {
	type: z.literal( 'message' ),
	attachments: z.tuple( [
		z.strictObject( {
			contentType: z.literal( 'application/vnd.microsoft.card.adaptive' ),
			contentUrl: z.null(),
			content: z.strictObject( {
				$schema: z.literal( 'http://adaptivecards.io/schemas/adaptive-card.json' ),
				type: z.literal( 'AdaptiveCard' ),
				version: z.enum( [ '1.2', '1.3', '1.4' ] ),
				body: z.array( textBlock ).min( 1 ),
				actions: z.array(
					z.strictObject( { type: z.literal( 'Action.OpenUrl' ), title: text( 100 ), url: link } )
				),
			} ),
		} ),
	] ),
} );

/** discord.com/developers/docs/resources/webhook: Execute Webhook. */
const discord = z.strictObject( {
	content: text( 2000 ).refine( ( content ) => ! /(?<!\\)@(everyone|here)|(?<!\\)<[@#]|(?<!\\)\]\(/.test( content ) ),
	allowed_mentions: z.strictObject( { parse: z.array( z.never() ) } ),
	flags: z.literal( 4 ),
} );

/** core.telegram.org/bots/api#sendmessage; a text without parse_mode still makes mentions of `@name`. */
const telegram = z.strictObject( {
	chat_id: z.string().regex( /^(-?\d+|@\w{4,})$/ ),
	text: text( 4096 ).refine( ( words ) => ! /@\w/.test( words ) ),
	link_preview_options: z.strictObject( { is_disabled: z.boolean() } ),
} );

/** docs.ntfy.sh/publish: Publish as JSON; a message above 4,096 bytes becomes an attachment. */
const ntfy = z.strictObject( {
	topic: z.string().regex( /^[-_A-Za-z0-9]{1,64}$/ ),
	title: text( 250 ),
	message: z.string().refine( ( words ) => Buffer.byteLength( words ) <= 4096 ),
	priority: z.int().min( 1 ).max( 5 ),
	click: link,
} );

/** pushover.net/api: “limited to 1024 4-byte UTF-8 characters”, titles to 250, addresses to 512. */
const pushover = z.strictObject( {
	token: z.string().regex( /^[A-Za-z0-9]{30}$/ ),
	user: z.string().regex( /^[A-Za-z0-9]{30}$/ ),
	title: text( 250 ),
	message: text( 1024 ),
	url: link.max( 512 ).optional(),
	url_title: text( 100 ).optional(),
	priority: z.int().min( -2 ).max( 1 ),
} );

interface Receiver {
	path: RegExp;
	body: z.ZodType;
	maxBytes: number;
	/** What it answers where it takes it. */
	taken: number;
}

export const receivers = {
	slack: { path: /^\/services\/T0\/B0\/x$/, body: slack, maxBytes: 100_000, taken: 200 },
	teams: { path: /^\/workflows\/x\?sig=y$/, body: teams, maxBytes: 28 * 1024, taken: 202 },
	discord: { path: /^\/api\/webhooks\/1\/x$/, body: discord, maxBytes: 100_000, taken: 204 },
	telegram: { path: /^\/bot12345678:x{35}\/sendMessage$/, body: telegram, maxBytes: 100_000, taken: 200 },
	ntfy: { path: /^\/$/, body: ntfy, maxBytes: 8192, taken: 200 },
	pushover: { path: /^\/1\/messages\.json$/, body: pushover, maxBytes: 100_000, taken: 200 },
} as const satisfies Record< string, Receiver >;
