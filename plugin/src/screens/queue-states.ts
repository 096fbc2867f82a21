import type { QueuedMessage, QueuePage } from '@email-gateway/shared';
import { exampleView } from '../server/screen.example.tsx';
import { job, type ScreenState } from './state.ts';

const hoursAgo = ( hours: number ) => new Date( Date.now() - hours * 3_600_000 ).toISOString();

const message = ( queueId: string, change: Partial< QueuedMessage > = {} ): QueuedMessage => ( {
	...{ queueId, state: 'waiting', at: hoursAgo( 3 ), site: 'shop_example', domain: 'shop.example' },
	...{ sender: 'orders@shop.example', recipients: [ 'ann@example.org' ], recipientCount: 1, bytes: 8231 },
	...{ cause: 'quota_exceeded', reply: '550 5.4.5 Daily user sending limit exceeded', heldBy: null },
	...change,
} );

export const queuePage = ( change: Partial< QueuePage > = {} ): QueuePage => ( {
	...{ readAt: new Date().toISOString(), total: 10_412, listed: 10_412, matching: 10_412, next: 50 },
	entries: [
		message( '4jYGXn2QwTz1' ),
		message( '4jYGXn2QwTz2', {
			recipients: [ 'ann@example.org', 'bob@example.org', 'cy@example.org' ],
			recipientCount: 41,
		} ),
		message( '4jYGXn2QwTz3', {
			...{ site: null, domain: null, sender: '', recipients: [], recipientCount: 1, cause: null, reply: null },
		} ),
		message( '4jYGXn2QwTz4', {
			...{ state: 'held', site: 'blog_example', domain: 'blog.example', at: hoursAgo( 71 ) },
			heldBy: 'other',
		} ),
	],
	sites: [
		{ value: 'shop_example', messages: 10_288, oldestAt: hoursAgo( 3 ) },
		{ value: 'blog_example', messages: 102, oldestAt: hoursAgo( 71 ) },
		{ value: '', messages: 22, oldestAt: hoursAgo( 2 ) },
	],
	domains: [
		{ value: 'shop.example', messages: 10_288, oldestAt: hoursAgo( 3 ) },
		{ value: '', messages: 22, oldestAt: hoursAgo( 2 ) },
	],
	causes: [ { value: 'quota_exceeded', messages: 10_390, oldestAt: hoursAgo( 71 ) } ],
	states: [
		{ value: 'waiting', messages: 10_310, oldestAt: hoursAgo( 3 ) },
		{ value: 'held', messages: 102, oldestAt: hoursAgo( 71 ) },
	],
	...change,
} );

const nothing = { total: 0, listed: 0, matching: 0, next: null, entries: [] };
const noGroups = { sites: [], domains: [], causes: [], states: [] };
const result = { verb: 'change_queue', action: 'delete', changed: 310, gone: 2, unchanged: 0 } as const;

export const queueAnswers = {
	'GET /servers/12': exampleView( { gateway: { state: 'waiting' } } ),
	'GET /servers/12/queue': queuePage(),
	'POST /servers/12/queue/change': { jobId: 'abc' },
	'POST /servers/12/queue/read': { jobId: 'abc' },
	'GET /servers/12/jobs/abc': { job: job( { verb: 'change_queue', result } ), events: [] },
};

export const queueStates: ScreenState[] = [
	{ name: 'queue', screen: 'server', answers: queueAnswers, press: [ 'Queue' ] },
	{
		name: 'queue-delete-asked',
		screen: 'server',
		answers: queueAnswers,
		press: [ 'Queue', 'All 10,412 messages of this list', 'Delete' ],
	},
	{
		...{ name: 'queue-changed', screen: 'server', answers: queueAnswers },
		press: [ 'Queue', 'All 10,412 messages of this list', 'Hold' ],
	},
	{
		...{ name: 'queue-empty', screen: 'server', press: [ 'Queue' ] },
		answers: { ...queueAnswers, 'GET /servers/12/queue': queuePage( { ...nothing, ...noGroups } ) },
	},
];
