import { account, accountsView } from './example-accounts.ts';
import type { GatewayState, TestResult } from '@email-gateway/shared';
import { exampleView } from '../server/screen.example.tsx';
import { event, job, type ScreenState } from './state.ts';

type Change = NonNullable< Parameters< typeof exampleView >[ 0 ] >;

const at = '2026-11-29T12:00:00Z';
const right = {
	...{ running: true, enabled: true, waiting: 0, stuck: 0, kept: 0, oldestS: null, oldWaiting: 0 },
	...{ open: [], differs: [], others: [], room: [], clock: null, phpAround: [] },
};

const tested = ( outcome: TestResult[ 'outcome' ], diagnosis: object ) => ( {
	outcome,
	from: 'wordpress@site.example',
	to: 'me@example.com',
	diagnosis: { cause: 'accepted', reply: null, ...diagnosis },
	queueId: '4jYGXn2QwTz1',
	relay: 'smtp.example.com[203.0.113.9]:587',
	tlsVersion: 'TLSv1.3',
	certificateName: 'smtp.example.com',
	handOverMs: 14,
	answerMs: 1300,
	log: [ 'Nov 29 12:00:01 web1 postfix/smtp[812]: 4jYGXn2QwTz1: to=<me@example.com>, dsn=2.0.0, status=sent' ],
	at,
} );
const accepted = tested( 'accepted', { reply: '250 2.0.0 Ok: queued as 9D1F' } );
const login = { cause: 'wrong_credentials', reply: '535 5.7.8 Error: authentication failed' };

const waitsFor = [
	{
		...{ ...login, whose: 'login', passes: false, stands: false },
		...{ count: 56, since: 1_796_000_000, lastAt: 1_796_000_000, looks: 1 },
	},
	{
		...{ cause: 'provider_in_trouble', whose: 'provider', passes: false, stands: true, reply: '451 4.3.0 busy' },
		...{ count: 1, since: 1_795_970_000, lastAt: 1_796_000_000, looks: 40 },
	},
];

const littleRoom = {
	...{ of: 'queue', folder: '/var/spool/postfix', freeBytes: 214_000_000, freeFiles: 120_400 },
	...{ lacks: 'space', refusesBelowBytes: 39_321_600 },
};

/** The view with what the last look saw of the mail system. */
function seen( change: Change, mail: object = {} ) {
	const view = exampleView( change );
	const lastLook = view.connection?.lastLook && { ...view.connection.lastLook, at, mail: { ...right, ...mail } };
	return { ...view, connection: view.connection && { ...view.connection, lastLook } };
}

const serverWith = ( view: unknown, more: Record< string, unknown > = {} ) => ( { 'GET /servers/12': view, ...more } );

/** Every pill, with what is told below it. A state without a screen does not compile. */
const gateways: Record< GatewayState, () => unknown > = {
	not_connected: () =>
		exampleView( {
			connection: null,
			gateway: { state: 'not_connected', installed: null, submitted: null, passwordSaved: false },
		} ),
	not_installed: () =>
		seen( { gateway: { state: 'not_installed', installed: null, submitted: null, passwordSaved: false } } ),
	installing: () => seen( { gateway: { state: 'installing', installed: null } } ),
	installed: () => seen( { gateway: { state: 'installed' } } ),
	working: () => seen( { gateway: { state: 'working', lastTest: accepted } } ),
	waiting: () =>
		seen(
			{ gateway: { state: 'waiting', lastTest: tested( 'waiting', login ) } },
			{ waiting: 57, stuck: 57, oldestS: 9960, reasons: waitsFor }
		),
	refused: () =>
		seen( {
			gateway: {
				state: 'refused',
				lastTest: tested( 'refused', { cause: 'sender_refused', reply: '550 5.7.1 Sender not allowed' } ),
			},
		} ),
	disk_low: () => seen( { gateway: { state: 'disk_low', lastTest: accepted } }, { room: [ littleRoom ] } ),
	clock_wrong: () =>
		seen( { gateway: { state: 'clock_wrong', lastTest: accepted } }, { clock: { aheadS: -2520, isWrong: true } } ),
	stopped: () => seen( { gateway: { state: 'stopped', lastTest: accepted } }, { running: false, waiting: 3 } ),
	differs: () => seen( { gateway: { state: 'differs' } }, { differs: [ 'relayhost', 'default_transport' ] } ),
	replaced: () => seen( { gateway: { state: 'replaced' } }, { running: false } ),
	unreachable: () => seen( { gateway: { state: 'unreachable', lastTest: accepted } } ),
	not_checked: () => seen( { gateway: { state: 'not_checked', lastTest: accepted } } ),
	unfinished: () => seen( { gateway: { state: 'unfinished' } } ),
	removing: () => seen( { gateway: { state: 'removing' } } ),
};

const running = [
	event( 1, { type: 'started' } ),
	event( 2, { type: 'step_started', step: 'look' } ),
	event( 3, { type: 'step_finished', step: 'look', detail: { system: 'Debian GNU/Linux 12' } } ),
	event( 4, { type: 'step_started', step: 'packages' } ),
];

const relayhost = {
	...{ kind: 'set_parameter', subject: 'relayhost', value: '[smtp.example.com]:587' },
	...{ was: 'other.example.net', why: 'all mail goes to the provider' },
};

/** A job in some state on a server without a gateway, with its events. */
function withJob(
	name: string,
	change: object,
	events: unknown[] = [],
	more: Partial< ScreenState > = {}
): ScreenState {
	const told = job( change );
	const view = seen( { job: told, gateway: { state: 'not_installed', installed: null } } );
	return {
		...{ name, screen: 'server' as const, ...more },
		answers: serverWith( view, { 'GET /servers/12/jobs/abc': { job: told, events }, ...more.answers } ),
	};
}

function failed( name: string, error: object, more: Partial< ScreenState > = {} ): ScreenState {
	const told = { detail: {}, changed: 'nothing', ...error };
	return withJob( name, { state: 'failed', error: told }, [ event( 1, { type: 'failed', error: told } ) ], more );
}

/** A button that begins a job which ends at once. */
function begun( name: string, press: readonly string[], call: string, change: object ): ScreenState {
	const told = job( change );
	return {
		...{ name, screen: 'server', press },
		answers: serverWith( gateways.working(), {
			[ call ]: { jobId: 'abc' },
			'GET /servers/12/jobs/abc': { job: told, events: [] },
		} ),
	};
}

const repaired = { verb: 'preview_changes', result: { verb: 'preview_changes', plan: [ relayhost ] } };
const repairing = begun( 'repair-question', [ 'Repair…' ], 'POST /servers/12/gateway/preview', repaired );
const hostKey = ( change: object ) => {
	const view = exampleView( { gateway: { state: 'not_connected', installed: null, submitted: null } } );
	const key = { ...view.connection?.hostKey, trustedAt: null, trustedBy: null, ...change };
	return { ...view, connection: { ...view.connection, hostKey: key, lastLook: null } };
};
const silent = { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } };
const customer = { may: [ 'run_gateway' as const ] };
const included = ( name: 'offered' | 'in_use' | 'withdrawn' ): ScreenState => ( {
	name: `included-${ name }`,
	screen: 'server',
	page: customer,
	answers: serverWith(
		seen( {
			gateway: {
				...{ included: name, installed: null, submitted: null, passwordSaved: false },
				state: name === 'offered' ? 'not_installed' : 'working',
			},
		} )
	),
} );

const checked = {
	verb: 'check_settings',
	port: 587,
	ports: [
		{ port: 587, state: 'silent' },
		{ port: 2525, state: 'open' },
	],
	...{ tls: null, login: 'not_tried', skipped: null, openPorts: [ 2525 ] },
	problem: { code: 'provider_port_blocked', detail: { cause: 'port_blocked' } },
	sender: {
		...{ domain: 'site.example', verdict: 'fails' },
		spf: { state: 'lacks_provider', record: 'v=spf1 mx -all', lookups: 1 },
		dkim: { state: 'missing', selectors: [ 'fm1' ] },
		dmarc: { state: 'found', policy: 'reject', at: 'site.example' },
		toAdd: [
			{
				...{ type: 'TXT', name: 'site.example', replaces: 'v=spf1 mx -all' },
				value: 'v=spf1 mx include:spf.example.com -all',
			},
		],
	},
};

export const serverStates: ScreenState[] = [
	{ name: 'not-paired', screen: 'server', page: { paired: false }, answers: {} },
	{ name: 'backend-away', screen: 'server', answers: serverWith( silent ) },
	...Object.entries( gateways ).map(
		( [ state, view ] ): ScreenState => ( {
			name: `gateway-${ state.replaceAll( '_', '-' ) }`,
			screen: 'server',
			answers: serverWith( view() ),
		} )
	),
	{ name: 'gateway-of-a-customer', screen: 'server', page: customer, answers: serverWith( gateways.working() ) },
	{ name: 'host-key-unknown', screen: 'server', answers: serverWith( hostKey( { state: 'unknown' } ) ) },
	{
		name: 'host-key-changed',
		screen: 'server',
		answers: serverWith( hostKey( { state: 'changed', seenFingerprint: `SHA256:${ 'b'.repeat( 43 ) }` } ) ),
	},
	{
		name: 'account-offered',
		screen: 'server',
		answers: serverWith( {
			...( gateways.not_installed() as object ),
			accounts: accountsView( {} ).accounts,
		} ),
	},
	{
		name: 'account-older',
		screen: 'server',
		answers: serverWith(
			seen( {
				gateway: { state: 'working', account: { id: account.id, name: account.name, hasOlderValues: true } },
			} )
		),
	},
	included( 'offered' ),
	included( 'in_use' ),
	included( 'withdrawn' ),
	withJob( 'install-running', { state: 'running', finishedAt: null }, running ),
	withJob( 'install-queued', { state: 'queued', startedAt: null, finishedAt: null }, [
		event( 1, { type: 'queued', behind: 'check_connection' } ),
	] ),
	failed( 'install-login-refused', { code: 'provider_login_refused', detail: login } ),
	failed( 'install-port-blocked', { code: 'provider_port_blocked', detail: { openPorts: [ '2525' ] } } ),
	failed( 'install-foreign-postfix', { code: 'foreign_postfix', detail: { found: [ 'relayhost = other' ] } } ),
	failed(
		'install-another-entry',
		{ code: 'managed_by_another_site', detail: { sameSite: true, serverId: 5, siteUrl: 'https://site.example' } },
		{ answers: { 'GET /servers/5/entry': { title: 'web1', url: '#' } } }
	),
	failed( 'install-refused-by-packages', {
		code: 'packages_refused',
		detail: { output: [ 'E: Held packages were changed and -y was used without --allow-change-held-packages.' ] },
		changed: 'undone',
	} ),
	failed( 'install-anyway', { code: 'provider_login_refused', detail: login }, { press: [ 'Install Anyway…' ] } ),
	begun( 'install-done', [ 'Reinstall Email Gateway', 'Reinstall' ], 'POST /servers/12/gateway/install', {
		result: { verb: 'install_gateway', alreadyRight: false, deliveredAfter: 2, stillWaiting: 1 },
	} ),
	{ ...begun( 'reinstall-question', [ 'Reinstall Email Gateway' ], '', {} ) },
	begun( 'settings-checked', [ 'Check Settings' ], 'POST /servers/12/gateway/check', {
		verb: 'check_settings',
		result: checked,
	} ),
	begun( 'changes-previewed', [ 'Preview Changes' ], 'POST /servers/12/gateway/preview', {
		verb: 'preview_changes',
		result: {
			verb: 'preview_changes',
			plan: [
				{ kind: 'install_package', subject: 'postfix', value: '3.7.11', was: null, why: 'it carries the mail' },
				relayhost,
			],
		},
	} ),
	{ ...repairing, answers: { ...repairing.answers, 'GET /servers/12': gateways.differs() } },
	begun( 'removed', [ 'Remove Email Gateway', 'Remove' ], 'POST /servers/12/gateway/remove', {
		verb: 'remove_gateway',
		result: { verb: 'remove_gateway', restored: 'exim4' },
	} ),
	{ ...begun( 'remove-question', [ 'Remove Email Gateway' ], '', {} ) },
	{
		name: 'fields-refused',
		screen: 'server',
		press: [ 'Install Email Gateway' ],
		answers: serverWith( gateways.not_installed(), {
			'POST /servers/12/gateway/install': {
				refuse: {
					...{ code: 'invalid_request', message: '' },
					data: {
						status: 422,
						fields: [
							{ path: 'settings.userName', problem: 'colon_in_user_name' },
							{ path: 'settings.smtpServer', problem: 'required' },
						],
					},
				},
			},
		} ),
	},
];
