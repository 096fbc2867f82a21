import { z } from 'zod';
import { mailAddress, oneLine } from './fields.ts';

/** Where alerts can go. The words are the plugin's. `heartbeat` is told no alerts: silence there says that the backend is gone. */
export const channelKinds = [
	...( [ 'email', 'webhook', 'slack', 'teams', 'discord', 'telegram', 'ntfy', 'pushover' ] as const ),
	...( [ 'notice', 'heartbeat' ] as const ),
] as const;
export type ChannelKind = ( typeof channelKinds )[ number ];

const isHttps = ( url: URL | null ): url is URL =>
	url?.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';

/** Where alerts go: https only, on the usual port; the address itself is a secret and never shown again. */
export const webhookUrl = oneLine( 2048 )
	.trim()
	.refine( ( text ) => isHttps( URL.parse( text ) ), { error: 'not_a_webhook' } );

/** An address at one service: at its host, below its path. */
const urlAt = ( hosts: RegExp, path: RegExp ) =>
	webhookUrl.refine(
		( text ) => {
			const url = URL.parse( text );
			return url !== null && hosts.test( url.hostname ) && path.test( url.pathname );
		},
		{ error: 'not_of_this_service' }
	);

const token = ( pattern: RegExp ) => oneLine( 255 ).trim().regex( pattern, { error: 'not_of_this_service' } );

/** What is typed of each: all of it is sealed, and never shown again but for what names the place. */
export const channelTargets = {
	/** By an account, and no gateway that is watched. `from` lies within what that account may send as. */
	email: z.strictObject( { kind: z.literal( 'email' ), to: mailAddress, from: mailAddress, account: z.uuid() } ),
	webhook: z.strictObject( { kind: z.literal( 'webhook' ), url: webhookUrl } ),
	slack: z.strictObject( {
		kind: z.literal( 'slack' ),
		url: urlAt( /^hooks\.slack(-gov)?\.com$/, /^\/services\/\w+\/\w+\/\w+$/ ),
	} ),
	/** Of a workflow “When a Teams webhook request is received”. */
	teams: z.strictObject( {
		kind: z.literal( 'teams' ),
		url: urlAt( /\.(logic\.azure\.(com|us)|api\.powerplatform\.com|webhook\.office\.com)$/, /^\/./ ),
	} ),
	discord: z.strictObject( {
		kind: z.literal( 'discord' ),
		url: urlAt( /^(\w+\.)?discord(app)?\.com$/, /^\/api\/(v\d+\/)?webhooks\/\d+\/[\w-]+$/ ),
	} ),
	telegram: z.strictObject( {
		kind: z.literal( 'telegram' ),
		token: token( /^\d{5,20}:[\w-]{30,60}$/ ),
		chat: token( /^(-?\d{1,20}|@\w{4,32})$/ ),
	} ),
	/** The address ends with the topic. */
	ntfy: z.strictObject( {
		kind: z.literal( 'ntfy' ),
		url: urlAt( /./, /^\/[\w-]{1,64}$/ ),
		token: z.union( [ z.literal( '' ), token( /^[\w-]{1,255}$/ ) ] ).default( '' ),
	} ),
	pushover: z.strictObject( {
		kind: z.literal( 'pushover' ),
		token: token( /^[A-Za-z0-9]{30}$/ ),
		user: token( /^[A-Za-z0-9]{30}$/ ),
	} ),
	notice: z.strictObject( { kind: z.literal( 'notice' ) } ),
	heartbeat: z.strictObject( { kind: z.literal( 'heartbeat' ), url: webhookUrl } ),
} as const satisfies Record< ChannelKind, z.ZodType >;

const { email, webhook, slack, teams, discord, telegram, ntfy, pushover, notice, heartbeat }: typeof channelTargets =
	channelTargets;
export const channelTarget = z.discriminatedUnion( 'kind', [
	email,
	webhook,
	slack,
	teams,
	discord,
	telegram,
	ntfy,
	pushover,
	notice,
	heartbeat,
] );
export type ChannelTarget = z.output< typeof channelTarget >;
export type TargetOf< Kind extends ChannelKind > = Extract< ChannelTarget, { kind: Kind } >;

export const channelInput = z.strictObject( {
	/** null: a new one. */
	id: z.uuid().nullable(),
	/** What people call it; may be empty. */
	name: oneLine( 80 ).trim(),
	/** User id: it is told of this owner's servers only; null: of all servers of the site. */
	owner: z.int().min( 1 ).max( 2_147_483_647 ).nullable().default( null ),
	/** Also told the weekly report. */
	weekly: z.boolean().default( false ),
	/** null: stays as it is; only for one that there is. */
	target: channelTarget.nullable(),
} );

export const channelView = z.object( {
	id: z.uuid(),
	kind: z.enum( channelKinds ),
	name: z.string(),
	owner: z.number().nullable(),
	weekly: z.boolean(),
	/** Only this of its target is shown: a host, or a mail address; empty where there is nothing to name. */
	shown: z.string(),
	/** Name of the account by which email goes out. */
	account: z.string().nullable(),
	lastDeliveredAt: z.iso.datetime().nullable(),
	lastFailedAt: z.iso.datetime().nullable(),
	lastDelivery: z
		.object( {
			at: z.iso.datetime(),
			/** waiting: it is tried again. */
			outcome: z.enum( [ 'delivered', 'waiting', 'failed' ] ),
			/** What happened at the last try, e.g. `HTTP 404`; never the answer itself. */
			answer: z.string().nullable(),
			isTest: z.boolean(),
		} )
		.nullable(),
} );
export type ChannelView = z.infer< typeof channelView >;
