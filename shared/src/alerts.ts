import { z } from 'zod';
import { causes, whose } from './diagnosis.ts';
import { channelView } from './alert-channels.ts';

/** What can be wrong with a gateway at a look. The words are the plugin's. */
export const troubles = [
	'waiting',
	'refused',
	'changed',
	'stopped',
	'replaced',
	'unreachable',
	'unfinished',
] as const;
export type Trouble = ( typeof troubles )[ number ];

/** What alerts tell of: also what no single look shows. */
export const alertTroubles = [
	...troubles,
	'not_checked',
	'certificate',
	'certificate_soon',
	'many_refused',
	'unusually_many',
	'fell_silent',
	'disk_low',
	'clock_wrong',
	'over_cap',
	'on_backup',
	'account_limit',
	'account_limit_soon',
	'channel_failed',
] as const;
export type AlertTrouble = ( typeof alertTroubles )[ number ];

/** Trouble that has not ended, with all servers that have it from the same provider or account. */
export const openIncident = z.object( {
	/** What it is about: to acknowledge or mute it. */
	key: z.string(),
	trouble: z.enum( alertTroubles ),
	/** The provider's host where it is the provider's or the account's matter; null where it is not, or is not shown. */
	provider: z.string().nullable(),
	openedAt: z.iso.datetime(),
	/** Post ids and hosts; empty where it is about no server. */
	servers: z.array( z.object( { id: z.number(), host: z.string() } ) ),
	/** Unix user of the site that it is about; null: of all. */
	user: z.string().nullable(),
	/** The login of who knows of it. */
	acknowledgedBy: z.string().nullable(),
	mutedUntil: z.iso.datetime().nullable(),
} );
export type OpenIncident = z.infer< typeof openIncident >;

export const alertsView = z.object( {
	channels: z.array( channelView ),
	/** The newest 200. */
	incidents: z.array( openIncident ),
	/** User ids of who owns servers here. */
	owners: z.array( z.number() ),
	/** Of a webhook that was saved just now: with it the receiver checks each signature. Shown once. */
	signingSecret: z.string().nullable(),
} );
export type AlertsView = z.infer< typeof alertsView >;

const aboutServer = z.object( { id: z.number(), host: z.string(), link: z.url() } );

/** The body of a webhook: one alert. Signed, see docs/operating.md. */
export const alertMessage = z.object( {
	version: z.literal( 1 ),
	kind: z.enum( [ 'opened', 'still', 'over', 'test', 'report' ] ),
	/** The same in each message about one trouble. */
	incident: z.string(),
	at: z.iso.datetime(),
	site: z.url(),
	/** null in a test, and where it is about no server. */
	server: aboutServer.nullable(),
	/** All servers that it is about, the first 50 by name; `server` is the first of them. */
	servers: z.array( aboutServer ).default( [] ),
	/** The host of the provider, where it is the provider's or the account's matter and is shown to all. */
	provider: z.string().nullable().default( null ),
	trouble: z.enum( alertTroubles ).nullable(),
	/** One sentence, in English: what happened, and what to do. */
	text: z.string(),
	/** ISO time of the first look that saw it; null in a test. */
	since: z.iso.datetime().nullable(),
	/** Messages that wait on the server; null where that is not known. */
	waiting: z.number().nullable(),
	/** Seconds, at the last look, since the oldest of them arrived, on whichever server; null where that is not known. */
	oldestS: z.number().nullable().default( null ),
	/** When it is over: messages that had waited and were accepted since it began; null where that is not known. */
	delivered: z.number().nullable().default( null ),
	/** Why mail waits, what most of it has met first; in codes only, of which some stand for others where the account is not shown to all. */
	reasons: z
		.array(
			z.object( {
				cause: z.enum( causes ),
				/** Who can end it; null where nothing tells. */
				whose: whose.nullable(),
				/** Whether waiting alone can help; null where nothing tells. */
				passes: z.boolean().nullable(),
				/** Messages. */
				count: z.number(),
				/** By whose route they leave, and whether its account is a saved one; null: by the gateway’s own account. */
				route: z.object( { user: z.string(), isSaved: z.boolean() } ).nullable().default( null ),
			} )
		)
		.default( [] ),
	/** Where to go on, where that is neither the screen of `server` nor the alerts of the site. */
	link: z.url().optional(),
	/** Of a weekly report: what each server sent, the first 50 by name. */
	report: z
		.object( {
			servers: z.array(
				z.object( {
					host: z.string(),
					...{ accepted: z.number(), waiting: z.number(), refused: z.number(), incidents: z.number() },
				} )
			),
			/** Servers that are not listed. */
			more: z.number(),
		} )
		.optional(),
} );
export type AlertReason = AlertMessage[ 'reasons' ][ number ];
export type AlertMessage = z.infer< typeof alertMessage >;
