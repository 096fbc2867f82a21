import { z } from 'zod';
import { causes, whose } from './diagnosis.ts';
import { oneLine } from './fields.ts';

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

/** Where alerts go: https only, on the usual port; the address itself is a secret and never shown again. */
export const webhookUrl = oneLine( 2048 )
	.trim()
	.refine( ( text ) => isWebhook( text ), { error: 'not_a_webhook' } );

function isWebhook( text: string ): boolean {
	const url = URL.parse( text );
	return url?.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
}

export const alertsInput = z.strictObject( {
	/** null: no webhook any more. */
	webhook: webhookUrl.nullable(),
} );
export type AlertsInput = z.input< typeof alertsInput >;

export const alertsView = z.object( {
	webhook: z
		.object( {
			/** Only this of its address is shown. */
			host: z.string(),
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
		} )
		.nullable(),
	/** With it the receiver checks each signature. Shown once, when the webhook was saved. */
	signingSecret: z.string().nullable(),
} );
export type AlertsView = z.infer< typeof alertsView >;

/** The body of a webhook: one alert. Signed, see docs/operating.md. */
export const alertMessage = z.object( {
	version: z.literal( 1 ),
	kind: z.enum( [ 'opened', 'still', 'over', 'test' ] ),
	/** The same in each message about one trouble. */
	incident: z.string(),
	at: z.iso.datetime(),
	site: z.url(),
	/** null in a test. */
	server: z.object( { id: z.number(), host: z.string(), link: z.url() } ).nullable(),
	trouble: z.enum( troubles ).nullable(),
	/** One sentence, in English: what happened, and what to do. */
	text: z.string(),
	/** ISO time of the first look that saw it; null in a test. */
	since: z.iso.datetime().nullable(),
	/** Messages that wait on the server; null where that is not known. */
	waiting: z.number().nullable(),
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
			} )
		)
		.default( [] ),
} );
export type AlertReason = AlertMessage[ 'reasons' ][ number ];
export type AlertMessage = z.infer< typeof alertMessage >;
