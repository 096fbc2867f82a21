import { keepRoutes } from '../src/db/routes.ts';

/** What a person types for a route. */
export const routeTyped = {
	...{ smtpServer: 'smtp.example.org', smtpPort: 587, userName: 'site-3@example.org' },
	password: { use: 'typed' as const, value: 'of the route' },
	senders: [ 'site-3.test' ],
};

/** A route of user 1004. */
export function keepOneRoute(
	app: Parameters< typeof keepRoutes >[ 0 ],
	server: Parameters< typeof keepRoutes >[ 1 ]
): Promise< void > {
	const { password, ...account } = routeTyped;
	const route = { ...account, password: password.value, number: 1, at: new Date().toISOString(), by: 'admin' };
	const ofUser = { uid: 1004, user: 'site-4', senders: [ 'site-4.test' ] };
	return keepRoutes( app, server, { without: 'default', routes: [ { ...route, ...ofUser } ] } );
}
