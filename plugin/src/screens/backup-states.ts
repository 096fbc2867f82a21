import type { BackupView } from '@email-gateway/shared';
import { exampleView } from '../server/screen.example.tsx';
import { accountsView } from './example-accounts.ts';
import type { ScreenState } from './state.ts';

type Active = NonNullable< BackupView[ 'active' ] >;

export const active = ( change: Partial< Active > = {} ): Active => ( {
	...{ since: '2026-11-29T12:00:00Z', why: 'login', by: '', first: 'smtp.example.com', messages: 42 },
	twice: { messages: 0, queueIds: [] },
	alignments: [
		{ domain: 'site.example', verdict: 'fails' },
		{ domain: 'shop.example', verdict: 'passes' },
	],
	...{ back: 'proof', staysUntil: '2026-11-29T12:30:00Z' },
	...change,
} );
export const backup = ( change: Partial< BackupView > = {} ): BackupView => ( {
	...{ account: '00000000-0000-4000-8000-00000000000c', automatic: true, atLimit: false, afterMinutes: 15 },
	...{ name: 'Backup at a second provider', smtpServer: 'smtp.second.example', sameProvider: false, active: null },
	...change,
} );
const answersOf = ( chosen: BackupView | null, more = {} ) => ( {
	'GET /servers/12': exampleView( { gateway: { state: 'working', backup: chosen } } ),
	'GET /accounts': accountsView( {} ),
	...more,
} );
const shown = ( name: string, chosen: BackupView | null, press: string[] = [] ): ScreenState => ( {
	...{ name, screen: 'server', press: [ 'Backup Account', ...press ], answers: answersOf( chosen ) },
} );

export const backupStates: ScreenState[] = [
	shown( 'backup-none', null ),
	shown( 'backup-chosen', backup() ),
	shown( 'backup-same-provider', backup( { sameProvider: true } ) ),
	shown( 'backup-active', backup( { active: active() } ) ),
	shown(
		'backup-active-twice',
		backup( { active: active( { twice: { messages: 2, queueIds: [ '4jYGXn2QwTz1', '4jYGXn2QwTz2' ] } } ) } )
	),
	shown( 'backup-active-suspended', backup( { active: active( { why: 'account', back: 'test_email' } ) } ) ),
	shown(
		'backup-active-by-hand',
		backup( {
			automatic: false,
			active: active( { why: 'by_hand', by: 'admin', back: 'by_hand', messages: null } ),
		} )
	),
	shown( 'backup-switch-question', backup(), [ 'Switch Now' ] ),
	shown( 'backup-back-question', backup( { active: active() } ), [ 'Switch Back' ] ),
	{
		...{ name: 'backup-refused', screen: 'server', press: [ 'Backup Account', 'Save Backup Account' ] },
		answers: answersOf( backup(), {
			'PUT /servers/12/backup': {
				refuse: { code: 'same_account', message: '', data: { status: 409, detail: {} } },
			},
		} ),
	},
];
