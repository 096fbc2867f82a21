import { keepRoutes } from '../src/db/routes.ts';

/** What a person types for a route. */
export const routeTyped = {
	account: {
		use: 'typed' as const,
		...{ smtpServer: 'smtp.example.org', smtpPort: 587, userName: 'site-3@example.org', password: 'of the route' },
	},
	senders: [ 'site-3.test' ],
};

/** A route of user 1004. */
export function keepOneRoute(
	app: Parameters< typeof keepRoutes >[ 0 ],
	server: Parameters< typeof keepRoutes >[ 1 ],
	account: { id: string; version: number } | null = null
): Promise< void > {
	const { use: _, ...typed } = routeTyped.account;
	const route = { ...typed, account, number: 1, at: new Date().toISOString(), by: 'admin' };
	const ofUser = { uid: 1004, user: 'site-4', senders: [ 'site-4.test' ], sendAs: null };
	return keepRoutes( app, server, { without: 'default', routes: [ { ...route, ...ofUser } ] } );
}
