import type { AlertsView } from '@email-gateway/shared';
import type { ScreenState } from './state.ts';

const at = '2026-11-29T12:00:00Z';
const defaults = {
	...{ smtpServer: 'smtp.example.com', smtpPort: 587, userName: 'me', sendingDomain: 'site.example', note: '' },
	...{ version: 1, at },
};
const defaultsView = ( change: object ) => ( {
	defaults,
	usedBy: { servers: 4, withOlderValues: 1 },
	customersMayUse: false,
	...change,
} );
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
const alerts = (
	lastDelivery: NonNullable< AlertsView[ 'webhook' ] >[ 'lastDelivery' ],
	signingSecret: string | null = null
) => ( { 'GET /alerts': { webhook: { host: 'hooks.example', lastDelivery }, signingSecret } } );

export const settingsStates: ScreenState[] = [
	settings( 'defaults-none', 'Email Gateway', {
		'GET /defaults': defaultsView( { defaults: null, usedBy: { servers: 0, withOlderValues: 0 } } ),
	} ),
	settings( 'defaults-saved', 'Email Gateway', { 'GET /defaults': defaultsView( { customersMayUse: true } ) } ),
	settings(
		'defaults-fixed',
		'Email Gateway',
		{ 'GET /defaults': defaultsView( {} ) },
		{ fixedDefaults: { userName: { name: 'EMAIL_GATEWAY_USER', from: 'environment', value: 'me' } } }
	),
	settings(
		'defaults-beside-a-shop',
		'Email Gateway',
		{ 'GET /defaults': defaultsView( {} ) },
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
	settings( 'alerts-none', 'Alerts', { 'GET /alerts': { webhook: null, signingSecret: null } } ),
	settings( 'alerts-new-secret', 'Alerts', alerts( null, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' ) ),
	settings( 'alerts-delivered', 'Alerts', alerts( { at, outcome: 'delivered', answer: null, isTest: false } ) ),
	settings( 'alerts-failed', 'Alerts', alerts( { at, outcome: 'failed', answer: 'HTTP 404', isTest: true } ) ),
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
