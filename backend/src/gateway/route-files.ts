import { Secret } from '../vault/secret.ts';
import type { DesiredFile } from './desired-files.ts';
import { relayhostOf } from './main-cf.ts';
import { renderSaslPasswd } from './maps.ts';
import { renderRoutes } from './route-configuration.ts';
import { hasRoutes, type Route, type Routes } from './routes.ts';
import { submittedLeaves } from './submitted-header.ts';

/** Users of this server who are written without a domain become senders of the route: its first one. */
function renderRouteGeneric( { senders: [ first = '' ] }: Route, names: readonly string[] ): string {
	const sender = first.includes( '@' ) ? first : `@${ first }`;
	return names.map( ( name ) => `@${ name } ${ sender }\n` ).join( '' );
}

function filesOf( route: Route, names: readonly string[] ): DesiredFile[] {
	const { number, account, password } = route;
	return [
		{
			name: `route-${ number }_passwd`,
			content: new Secret( renderSaslPasswd( relayhostOf( account ), account.userName, password.reveal() ) ),
			mode: '0600',
			why: `the credential of route ${ number }, readable by root only`,
		},
		{
			name: `route-${ number }_generic`,
			content: renderRouteGeneric( route, names ),
			mode: '0644',
			why: `users of this server become senders of route ${ number }`,
		},
	];
}

/** The files of the routes of a server; `names` are those that mean the server itself. */
export const routeFiles = ( routes: Routes, names: readonly string[] ): DesiredFile[] =>
	hasRoutes( routes )
		? [
				{
					name: 'routes',
					content: renderRoutes( routes ),
					mode: '0644',
					why: 'by which account a message leaves',
				},
				{
					name: 'smtp_header_checks',
					content: `# Email Gateway, header_checks(5): what does not leave this server\n${ submittedLeaves }\n`,
					mode: '0644',
					why: 'a header of ours does not leave this server',
				},
				...routes.list.flatMap( ( route ) => filesOf( route, names ) ),
		  ]
		: [];
