import { implicitTlsPorts } from '@email-gateway/shared';
import { relayhostOf } from './main-cf.ts';
import { maySendServices } from './may-send.ts';
import { deliveryLimits } from './provider-limits.ts';
import { hasRoutes, keysOf, transportOf, type Route, type Routes } from './routes.ts';

/** texthash: by which account a message leaves, by its envelope sender. */
export const renderRoutes = ( { list }: Routes ): string =>
	list
		.flatMap( ( route ) => {
			const way = `${ transportOf( route ) }:${ relayhostOf( route.account ) }`;
			return keysOf( route ).map( ( sender ) => `${ sender } ${ way }\n` );
		} )
		.join( '' );

/** The parameter of main.cf that names the folder of the maps, with a slash at its end. */
const maps = '${email_gateway_maps}';

/** smtp(8) once more, with the account of this route. Its maps are named by a parameter of main.cf, which has the folder. */
function serviceOf( route: Route ): readonly [ entry: string, why: string ] {
	const { number, account } = route;
	const name = transportOf( route );
	const file = ( kind: string ) => `texthash:${ maps }route-${ number }_${ kind }`;
	const [ , addresses ] = deliveryLimits( account.smtpServer );
	const options = {
		syslog_name: `postfix/${ name }`,
		smtp_sasl_password_maps: file( 'passwd' ),
		smtp_generic_maps: file( 'generic' ),
		smtp_tls_wrappermode: implicitTlsPorts.includes( account.smtpPort ) ? 'yes' : 'no',
		...( addresses && { smtp_mx_address_limit: addresses.value } ),
	};
	return [
		[
			`${ name } unix - - n - - smtp`,
			...Object.entries( options ).map( ( [ key, value ] ) => `-o ${ key }=${ value }` ),
		].join( ' ' ),
		`hands mail of route ${ number } to its provider, with its account and nothing else`,
	];
}

/** What master.cf has for routes. */
export const routeServices = ( routes: Routes ): readonly ( readonly [ entry: string, why: string ] )[] =>
	hasRoutes( routes ) ? [ ...routes.list.map( serviceOf ), ...maySendServices( routes ) ] : [];
