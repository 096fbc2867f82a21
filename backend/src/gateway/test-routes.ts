// Only for tests: two routes of a server, at one provider.
import { Secret } from '../vault/secret.ts';
import type { Route } from './routes.ts';

export const testRoute = ( number: number, changes: Partial< Route > = {} ): Route => ( {
	number,
	account: {
		smtpServer: 'smtp.provider.test',
		smtpPort: 587,
		userName: `account-${ number }@provider.test`,
	},
	password: new Secret( `password ${ number }` ),
	users: [ { uid: 2000 + number, user: `site-${ number }` } ],
	senders: [ `site-${ number }.test` ],
	sendAs: null,
	...changes,
} );
