import type { MailEntry } from '@email-gateway/shared';
import { beginnings } from '../plots/mail-rows.ts';
import { exampleView } from '../server/screen.example.tsx';
import type { ScreenState } from './state.ts';

const entry = ( queueId: string, change: Partial< MailEntry > ): MailEntry => ( {
	...{ serverId: 12, queueId, at: '2026-11-29T12:00:00Z', origin: 'sendmail', site: 'shop_example' },
	...{ sender: 'orders@shop.example', fromDomain: 'shop.example', bytes: 8231, recipient: 'ann@example.org' },
	...{ outcome: 'accepted', cause: null, enhancedCode: '2.0.0', reply: '250 2.0.0 Ok: queued as 9D1F' },
	...{ relay: 'smtp.example.com[203.0.113.9]:587', tlsVersion: 'TLSv1.3', tries: 1, delayMs: 1300 },
	triedAt: '2026-11-29T12:00:01Z',
	...change,
} );

export const mailEntries: MailEntry[] = [
	entry( '4jYGXn2QwTz1', {} ),
	entry( '4jYGXn2QwTz2', {
		...{ recipient: 'nobody@example.net', outcome: 'refused', cause: 'recipient_unknown', enhancedCode: '5.1.1' },
		reply: '550 5.1.1 <nobody@example.net>: Recipient address rejected: User unknown in virtual mailbox table',
	} ),
	entry( '4jYGXn2QwTz3', {
		...{ origin: 'smtp', site: null, recipient: 'bob@example.org', outcome: 'waiting', cause: 'greylisted' },
		...{ enhancedCode: '4.7.1', reply: '450 4.7.1 Greylisted, try again later', tries: 3, delayMs: 610_000 },
	} ),
	entry( '4jYGXn2QwTz4', { outcome: 'held', site: 'blog_example', recipient: null, reply: null, relay: null } ),
	entry( '4jYGXn2QwTz5', {
		...{ origin: 'notice', site: null, sender: '' },
		outcome: 'expired',
		cause: 'quota_exceeded',
	} ),
];

const known = {
	...{ serverId: 12, since: '2026-11-01T09:00:00Z', readAt: '2026-11-29T12:01:00Z' },
	gaps: [ { from: '2026-11-12T02:00:00Z', to: '2026-11-12T08:30:00Z' } ],
};
const page = { entries: mailEntries, next: '1.4jYGXn2QwTz5.0', logs: [ known ], keptDays: 30 };
const view = exampleView( { gateway: { state: 'working' } } );
/** A day as a shop has it, with an hour in which the provider was away. */
export function countersOf( hours: number ) {
	const from = beginnings( { per: 'hour', count: hours }, Date.now() );
	const of = ( at: string, outcome: string, messages: number ) => ( {
		...{ serverId: 12, from: at, site: 'shop_example', outcome, messages },
	} );
	return {
		counts: from.flatMap( ( at, n ) => [
			of( at, 'accepted', n === 15 ? 3 : Math.round( 60 + 50 * Math.sin( n / 4 ) ) ),
			...( n === 15 ? [ of( at, 'waiting', 90 ) ] : [] ),
			...( n % 5 === 0 ? [ of( at, 'refused', 4 ) ] : [] ),
		] ),
		delays: from.flatMap( ( at, n ) => [
			{ serverId: 12, from: at, site: 'shop_example', overMs: 500, withinMs: 1000, messages: 40 },
			{
				serverId: 12,
				from: at,
				site: 'shop_example',
				overMs: n === 15 ? 32_000 : 2000,
				withinMs: n === 15 ? 64_000 : 4000,
				messages: 9,
			},
		] ),
	};
}

const answers = {
	'GET /servers/12': view,
	'GET /servers/12/mail-log': page,
	'GET /servers/12/mail-log/message': { recipients: [ mailEntries[ 2 ] ] },
	'GET /mail-log/counters': countersOf( 24 ),
	'GET /mail-log': { ...page, entries: [ ...mailEntries, entry( '4jYGXn2QwTz6', { serverId: 13 } ) ] },
};

export const mailLogStates: ScreenState[] = [
	{ name: 'mail-log', screen: 'server', answers, press: [ 'Mail Log' ] },
	{
		name: 'mail-log-message',
		screen: 'server',
		answers,
		press: [ 'Mail Log', 'Details of the message to bob@example.org' ],
	},
	{ name: 'mail-plots', screen: 'server', answers, press: [ 'Volume and Speed', 'The Same as a Table' ] },
	{
		...{ name: 'mail-log-empty', screen: 'server', press: [ 'Mail Log' ] },
		answers: {
			...answers,
			'GET /servers/12/mail-log': {
				...{ entries: [], next: null, keptDays: 30 },
				logs: [ { serverId: 12, since: null, readAt: null, gaps: [] } ],
			},
		},
	},
	{
		...{ name: 'mail-log-settings', screen: 'mail-log', press: [ 'What the Mail Log Keeps' ] },
		answers: { ...answers, 'GET /mail-log/settings': { addresses: 'hashed', keptDays: 45, rewriting: true } },
		page: { may: [ 'manage_site', 'manage_defaults' ], servers: [ { id: 12, name: 'web1' } ] },
	},
	{
		...{ name: 'mail-log-of-all-servers', screen: 'mail-log', answers },
		page: {
			may: [ 'see_mail_log' ],
			servers: [
				{ id: 12, name: 'web1' },
				{ id: 13, name: 'web2' },
			],
		},
	},
];
