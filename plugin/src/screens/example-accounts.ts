import type { AccountsView, AccountView } from '@email-gateway/shared';

const at = '2026-11-29T12:00:00Z';

/** The default account, of which two servers have older values. */
export const account: AccountView = {
	...{ id: '00000000-0000-4000-8000-00000000000a', name: 'Mailgun EU', isDefault: true, dailyLimit: 10_000 },
	...{ smtpServer: 'smtp.example.com', smtpPort: 587, userName: 'me', sendingDomain: 'site.example', note: '' },
	...{ version: 3, at, proved: { at, by: 'test_email' }, today: { used: 8_214, limit: 10_000 } },
	usedBy: {
		...{ servers: 4, withOlderValues: 2, channels: [] },
		listed: [ 1, 2, 3, 4 ].map( ( n ) => ( {
			...{ serverId: n, host: `web${ n }.site.example`, hasOlderValues: n < 3 },
			routes: n === 1 ? [ { user: 'shop.example', hasOlderValues: true } ] : [],
			...{ backup: null, routeBackups: [] },
		} ) ),
	},
};

/** One that only alerts use, one that is the backup of servers, and one that nobody has tried yet. */
const others: AccountView[] = [
	{
		...{
			...account,
			id: '00000000-0000-4000-8000-00000000000b',
			name: 'Alerts',
			isDefault: false,
			dailyLimit: null,
		},
		...{ smtpServer: 'smtp.other.example', userName: 'alerts@other.example', sendingDomain: 'other.example' },
		...{ proved: { at, by: 'sign_in' }, today: { used: 12, limit: null } },
		usedBy: { servers: 0, withOlderValues: 0, listed: [], channels: [ 'On call' ] },
	},
	{
		...{ ...account, id: '00000000-0000-4000-8000-00000000000c', name: 'Backup at a second provider' },
		...{
			isDefault: false,
			dailyLimit: null,
			smtpServer: 'smtp.second.example',
			proved: null,
			today: { used: 0, limit: null },
		},
		usedBy: {
			...{ servers: 2, withOlderValues: 0, channels: [] },
			listed: ( [ 'backup', 'on_backup' ] as const ).map( ( backup, n ) => ( {
				...{ serverId: 5 + n, host: `web${ 5 + n }.site.example`, hasOlderValues: false, routes: [], backup },
				routeBackups: n === 0 ? [ { user: 'shop.example', backup } ] : [],
			} ) ),
		},
	},
	{
		...{ ...account, id: '00000000-0000-4000-8000-00000000000d', name: 'Own of web6' },
		...{
			isDefault: false,
			dailyLimit: null,
			smtpServer: 'smtp.third.example',
			proved: null,
			today: { used: 0, limit: null },
		},
		usedBy: {
			...{ servers: 1, withOlderValues: 0, channels: [] },
			listed: [
				{
					...{ serverId: 6, host: 'web6.site.example', hasOlderValues: false },
					...{ routes: [], backup: 'first', routeBackups: [] },
				},
			],
		},
	},
	{
		...{ ...account, id: '00000000-0000-4000-8000-00000000000e', name: 'New at a third provider' },
		...{
			isDefault: false,
			dailyLimit: null,
			smtpServer: 'smtp.third.example',
			proved: null,
			today: { used: 0, limit: null },
		},
		usedBy: { servers: 0, withOlderValues: 0, listed: [], channels: [] },
	},
];

export const accountsView = ( change: Partial< AccountsView > ): AccountsView => ( {
	accounts: [ account, ...others ],
	customersMayUse: false,
	...change,
} );
