import type { AlertsView, ChannelView, OpenIncident } from '@email-gateway/shared';
import { accountsView } from './example-accounts.ts';
import type { ScreenState } from './state.ts';

const at = '2026-11-29T12:00:00Z';
const settings = (
	name: string,
	tab: string,
	answers: Record< string, unknown >,
	more: object = {}
): ScreenState => ( {
	...{ name, screen: 'settings', press: [ tab ], answers },
	page: { may: [ 'manage_site', 'manage_defaults' ], ...more },
} );

const pairing = {
	...{ paired: true, keyReadable: true, backendUrl: 'https://backend.example', siteUrl: 'https://site.example' },
	...{ moved: false, fingerprint: `SHA256:${ 'c'.repeat( 43 ) }`, pairedAt: at },
};
const site = { siteUrl: 'https://site.example', pairedAt: at, version: '0.2.0', database: 'postgresql', servers: 4 };
const channel = ( n: number, change: Partial< ChannelView > ): ChannelView => ( {
	...{ id: `00000000-0000-4000-8000-00000000000${ n }`, kind: 'webhook', name: '', owner: null, weekly: false },
	...{ shown: 'hooks.example', account: null, lastDeliveredAt: null, lastFailedAt: null, lastDelivery: null },
	...change,
} );
const delivery = ( outcome: 'delivered' | 'waiting' | 'failed', answer: string | null = null, isTest = false ) => ( {
	lastDelivery: { at, outcome, answer, isTest },
} );
const incident = ( n: number, change: Partial< OpenIncident > ): OpenIncident => ( {
	...{ key: String( n ).repeat( 32 ), trouble: 'stopped', provider: null, openedAt: at, user: null },
	...{ servers: [ { id: 12, host: 'web1.site.example' } ], acknowledgedBy: null, mutedUntil: null },
	...change,
} );
const alerts = ( change: Partial< AlertsView > = {} ) => ( {
	'GET /accounts': accountsView( {} ),
	'GET /alerts': { channels: [], incidents: [], owners: [], signingSecret: null, ...change },
	'GET /wp/v2/users': [
		{ id: 7, name: 'Ann Example' },
		{ id: 8, name: 'Bob Example' },
	],
} );
const everyChannel: ChannelView[] = [
	channel( 1, {
		kind: 'email',
		shown: 'ops@site.example',
		account: 'Alerts',
		weekly: true,
		lastDeliveredAt: at,
		...delivery( 'delivered' ),
	} ),
	channel( 2, { name: 'On call', lastDeliveredAt: at, ...delivery( 'failed', 'HTTP 404', true ) } ),
	channel( 3, { kind: 'slack', shown: 'hooks.slack.com', owner: 7, ...delivery( 'waiting', 'HTTP 429' ) } ),
	channel( 4, { kind: 'teams', shown: 'prod.westeurope.logic.azure.com', ...delivery( 'delivered', null, true ) } ),
	channel( 5, { kind: 'notice', shown: '' } ),
	channel( 6, { kind: 'heartbeat', shown: 'hc-ping.com', lastDeliveredAt: at } ),
];
const everyIncident: OpenIncident[] = [
	incident( 1, {
		...{ trouble: 'waiting', provider: 'smtp.provider.example' },
		servers: Array.from( { length: 8 }, ( _, n ) => ( { id: n + 1, host: `web${ n + 1 }.site.example` } ) ),
	} ),
	incident( 2, { trouble: 'changed', acknowledgedBy: 'ann' } ),
	incident( 3, { trouble: 'unusually_many', user: 'shop_example', mutedUntil: '2099-11-30T12:00:00Z' } ),
	incident( 4, { trouble: 'channel_failed', servers: [] } ),
];

export const settingsStates: ScreenState[] = [
	settings( 'accounts-none', 'Accounts', { 'GET /accounts': accountsView( { accounts: [] } ) } ),
	settings( 'accounts', 'Accounts', { 'GET /accounts': accountsView( { customersMayUse: true } ) } ),
	{
		...settings( 'account-edit', 'Accounts', { 'GET /accounts': accountsView( {} ) } ),
		press: [ 'Accounts', 'Edit: Mailgun EU' ],
	},
	{
		...settings(
			'account-fixed',
			'Accounts',
			{ 'GET /accounts': accountsView( {} ) },
			{ fixedDefaults: { userName: { name: 'EMAIL_GATEWAY_USER', from: 'environment', value: 'me' } } }
		),
		press: [ 'Accounts', 'Edit: Mailgun EU' ],
	},
	{
		...settings( 'account-delete', 'Accounts', { 'GET /accounts': accountsView( {} ) } ),
		press: [ 'Accounts', 'Delete: New at a third provider' ],
	},
	settings(
		'accounts-beside-a-shop',
		'Accounts',
		{ 'GET /accounts': accountsView( {} ) },
		{ shop: { seeLoadDefaults: [ 'Administrator', 'Customer' ], customersSeeIt: true } }
	),
	settings(
		'pairing-form',
		'Connection',
		{ 'GET /pairing': { ...pairing, paired: false, backendUrl: null, fingerprint: null } },
		{ paired: false }
	),
	settings( 'paired', 'Connection', { 'GET /pairing': pairing, 'GET /site': site } ),
	settings( 'paired-moved', 'Connection', {
		'GET /pairing': { ...pairing, moved: true },
		'GET /site': { refuse: { code: 'site_moved', message: '', data: { status: 409 } } },
	} ),
	settings( 'paired-backend-away', 'Connection', {
		'GET /pairing': pairing,
		'GET /site': { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } },
	} ),
	settings( 'alerts-backend-away', 'Alerts', {
		'GET /alerts': { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } },
	} ),
	settings( 'alerts-none', 'Alerts', alerts() ),
	settings(
		'alerts-new-secret',
		'Alerts',
		alerts( { channels: [ channel( 1, {} ) ], signingSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' } )
	),
	settings( 'alerts-channels', 'Alerts', alerts( { channels: everyChannel, owners: [ 7, 8 ] } ) ),
	settings( 'alerts-open', 'Alerts', alerts( { channels: everyChannel.slice( 0, 1 ), incidents: everyIncident } ) ),
	{ ...settings( 'alerts-add', 'Alerts', alerts( { owners: [ 7, 8 ] } ) ), press: [ 'Alerts', 'Add Channel' ] },
	{
		...settings( 'alerts-edit', 'Alerts', alerts( { channels: everyChannel } ) ),
		press: [ 'Alerts', 'Edit: On call' ],
	},
	{
		...settings( 'alerts-delete', 'Alerts', alerts( { channels: everyChannel.slice( 0, 1 ) } ) ),
		press: [ 'Alerts', 'Delete: Email' ],
	},
	settings(
		'import',
		'Import from WPCloudDeploy',
		{
			'GET /wpcd-import': {
				defaults: {
					smtpServer: 'smtp.example.com',
					smtpPort: 587,
					userName: 'me',
					sendingDomain: 'site.example',
				},
				servers: [ 1, 2 ].map( ( serverId ) => ( {
					...{ serverId, title: `web${ serverId }`, url: '#', smtpServer: 'smtp.example.com', smtpPort: 587 },
					...{ userName: 'me', sendingDomain: `site${ serverId }.example` },
				} ) ),
			},
		},
		{ wpcdImport: true }
	),
];
