import type { BackupView, RouteView, SenderCheck, SitesOfServer } from '@email-gateway/shared';
import { exampleView } from '../server/screen.example.tsx';
import { active, backup } from './backup-states.ts';
import { accountsView, account as saved } from './example-accounts.ts';
import { sitesExample } from './sites-states.ts';
import { job, type ScreenState } from './state.ts';

const at = { at: '2026-11-29T12:00:00Z', by: 'admin', sendAs: null, backup: null };
const routes: Partial< Record< string, RouteView > > = {
	'shop.example': {
		account: {
			...{ smtpServer: saved.smtpServer, smtpPort: 587, userName: saved.userName },
			saved: { id: saved.id, name: saved.name, hasOlderValues: true },
		},
		...{ senders: [ 'shop.example' ], ...at },
	},
	'blog.example': {
		account: { smtpServer: 'smtp.blog.example', smtpPort: 465, userName: 'blog', saved: null },
		...{ senders: [ 'blog.example', 'news@group.example' ], ...at, sendAs: 'news@group.example' },
	},
	'club.example': { account: null, senders: [ 'club.example' ], ...at },
};

export const routesExample: SitesOfServer = {
	...sitesExample,
	withoutRoute: 'hold',
	users: sitesExample.users.map( ( user ) => ( {
		...{ ...user, route: routes[ user.user ?? '' ] ?? null },
		unlisted:
			user.user === 'shop.example'
				? [ { sender: 'news@other.example', held: 3, refused: 1, lastAt: '2026-11-30T11:00:00Z' } ]
				: [],
	} ) ),
};

const checkedSender: SenderCheck = {
	...{ domain: 'shop.example', verdict: 'fails' },
	spf: { state: 'lacks_provider', record: 'v=spf1 mx ~all', lookups: 1 },
	...{
		dkim: { state: 'missing', selectors: [ 'mg' ] },
		dmarc: { state: 'found', policy: 'reject', at: 'shop.example' },
	},
	toAdd: [
		{
			...{ type: 'TXT', name: 'shop.example', value: 'v=spf1 mx include:spf.example.com ~all' },
			replaces: 'v=spf1 mx ~all',
		},
	],
};
const heading = 'Sites on This Server';
const answers = {
	...{ 'GET /servers/12': exampleView( { gateway: { state: 'working' } } ), 'GET /servers/12/sites': routesExample },
	'GET /accounts': accountsView( {} ),
};
const state = ( name: string, press: string[], more: Record< string, unknown > = {} ): ScreenState => ( {
	...{ name, screen: 'server', press: [ heading, ...press ], answers: { ...answers, ...more } },
} );
const begun = ( call: string, result: { verb: string; smtpServer?: string; senders?: SenderCheck[] } ) => ( {
	[ `POST /servers/12/routes/${ call }` ]: { jobId: 'abc' },
	'GET /servers/12/jobs/abc': { job: job( { verb: result.verb, result } ), events: [] },
} );

const ofBackupNow: RouteView[ 'account' ] = {
	...{ smtpServer: 'smtp.second.example', smtpPort: 587, userName: 'backup@second.example' },
	saved: { id: backup().account, name: backup().name, hasOlderValues: false },
};
/** With the backup of the first route. */
const withBackup = ( chosen: BackupView | null ) => ( {
	'GET /servers/12/sites': {
		...routesExample,
		users: routesExample.users.map( ( user ) =>
			user.user === 'shop.example' && user.route
				? {
						...user,
						route: { ...user.route, backup: chosen, ...( chosen?.active && { account: ofBackupNow } ) },
				  }
				: user
		),
	},
} );
const ofBackup = ( name: string, chosen: BackupView | null, press: string[] = [] ) =>
	state( name, [ 'Backup Account: shop.example', ...press ], withBackup( chosen ) );
const meanwhile = backup( {
	active: active( { first: 'smtp.shop.example', alignments: [ { domain: 'shop.example', verdict: 'fails' } ] } ),
} );

const routeBackups: ScreenState[] = [
	ofBackup( 'routes-backup-none', null ),
	ofBackup( 'routes-backup-chosen', backup() ),
	ofBackup( 'routes-backup-active', meanwhile ),
	ofBackup( 'routes-backup-switch-question', backup(), [ 'Switch Now' ] ),
	ofBackup( 'routes-backup-back-question', meanwhile, [ 'Switch Back' ] ),
];

export const routesStates: ScreenState[] = [
	state( 'routes', [] ),
	state( 'routes-question-new', [ 'Set Route: form.example' ] ),
	state( 'routes-question-saved', [ 'Change Route: shop.example' ] ),
	state( 'routes-question-typed', [ 'Change Route: blog.example' ] ),
	state( 'routes-nothing-chosen', [ 'Set Route: form.example', 'Set Route' ] ),
	{
		...state( 'routes-customer-new', [ 'Set Route: form.example' ] ),
		page: { may: [ 'run_gateway', 'see_mail_log' ] },
	},
	{
		...state( 'routes-customer-not-shown', [ 'Change Route: club.example' ] ),
		page: { may: [ 'run_gateway', 'see_mail_log' ] },
	},
	state( 'routes-checked', [ 'Change Route: shop.example', 'Check Route' ], {
		...begun( 'check', { verb: 'check_route', senders: [ checkedSender ] } ),
	} ),
	state( 'routes-set', [ 'Change Route: shop.example', 'Set Route' ], {
		...begun( 'set', { verb: 'set_route', smtpServer: saved.smtpServer } ),
	} ),
	state( 'routes-refused', [ 'Change Route: shop.example', 'Set Route' ], {
		'POST /servers/12/routes/set': {
			refuse: {
				...{ code: 'sender_of_another_route', message: '' },
				data: { status: 409, detail: { sender: 'shop.example', user: 'blog.example' } },
			},
		},
	} ),
	state( 'routes-domain-with-a-port', [ 'Change Route: blog.example', 'Set Route' ], {
		'POST /servers/12/routes/set': {
			refuse: {
				...{ code: 'invalid_request', message: '' },
				data: { status: 422, fields: [ { path: 'senders.0', problem: 'not_a_domain' } ] },
			},
		},
	} ),
	state( 'routes-sender-allowed', [ 'Allow This Sender: news@other.example' ], {
		...begun( 'set', { verb: 'set_route', smtpServer: saved.smtpServer } ),
	} ),
	state( 'routes-removed', [ 'Remove Route: shop.example' ], begun( 'remove', { verb: 'remove_route' } ) ),
	...routeBackups,
];
