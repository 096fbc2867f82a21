import { expect, test } from '@jest/globals';
import { Secret } from '../vault/secret.ts';
import { mainCfParameters } from './main-cf.ts';
import { masterServices, renderMasterCf } from './master-cf.ts';
import { renderHeaderChecks } from './pauses.ts';
import { renderRoutes } from './route-configuration.ts';
import { routeFiles } from './route-files.ts';
import { noRoutes, type Routes } from './routes.ts';
import { noRules } from './rules.ts';
import { settings } from './test-facts.ts';
import { testRoute } from './test-routes.ts';

const routes: Routes = {
	list: [
		testRoute( 1 ),
		testRoute( 4, {
			account: { smtpServer: 'smtp.other.test', smtpPort: 465, userName: 'x@other.test' },
			senders: [ 'shop@site-4.test' ],
		} ),
	],
	without: 'default',
};
const parameters = ( of: Routes ) =>
	new Map(
		mainCfParameters( {
			...{ settings, hostname: 'web1.example.com', version: [ 3, 10 ], folder: '/etc/postfix/gateway-3' },
			...{ authCache: 'btree', rules: { ...noRules, routes: of } },
		} ).map( ( { name, value } ) => [ name, value ] )
	);

test( 'the envelope sender decides, by the domain, the address and the name of the user', () => {
	expect( renderRoutes( routes ) ).toBe(
		[
			'site-1@localhost gw-1:[smtp.provider.test]:587',
			'@site-1.test gw-1:[smtp.provider.test]:587',
			'site-4@localhost gw-4:[smtp.other.test]:465',
			'shop@site-4.test gw-4:[smtp.other.test]:465',
			'',
		].join( '\n' )
	);
	expect( parameters( routes ).get( 'sender_dependent_default_transport_maps' ) ).toBe(
		'texthash:/etc/postfix/gateway-3/routes'
	);
} );

test( 'each route has a service with its own maps and its own kind of TLS', () => {
	const entries = masterServices( routes ).map( ( { entry } ) => entry );
	expect( entries ).toContain(
		'gw-4 unix - - n - - smtp -o syslog_name=postfix/gw-4 ' +
			'-o smtp_sasl_password_maps=texthash:${email_gateway_maps}route-4_passwd ' +
			'-o smtp_generic_maps=texthash:${email_gateway_maps}route-4_generic ' +
			'-o smtp_tls_wrappermode=yes -o smtp_mx_address_limit=5'
	);
	expect( parameters( routes ).get( 'email_gateway_maps' ) ).toBe( '/etc/postfix/gateway-3/' );
	expect( parameters( routes ).get( 'gw-1_destination_concurrency_limit' ) ).toBe( '5' );
} );

test( 'each has its own credential, that only root reads, and names users by its own first sender', () => {
	const files = routeFiles( routes, [ 'web1', 'localhost' ] );
	const passwords = files.filter( ( { name } ) => name.endsWith( '_passwd' ) );
	expect( passwords.map( ( { mode } ) => mode ) ).toEqual( [ '0600', '0600' ] );
	expect( passwords.map( ( { content } ) => content instanceof Secret && content.reveal() ) ).toEqual( [
		'[smtp.provider.test]:587 account-1@provider.test:password 1\n',
		'[smtp.other.test]:465 x@other.test:password 4\n',
	] );
	expect( files.filter( ( { name } ) => name.endsWith( '_generic' ) ).map( ( { content } ) => content ) ).toEqual( [
		'@web1 @site-1.test\n@localhost @site-1.test\n',
		'@web1 shop@site-4.test\n@localhost shop@site-4.test\n',
	] );
} );

test( 'a server without routes has nothing of them', () => {
	expect( renderMasterCf( noRoutes ) ).not.toMatch( /gw-|may-send/ );
	expect(
		[ ...parameters( noRoutes ).keys() ].filter( ( name ) => /milter|dependent|gateway/.test( name ) )
	).toEqual( [] );
	expect( routeFiles( noRoutes, [ 'localhost' ] ) ).toEqual( [] );
	expect( renderHeaderChecks( noRules ) ).not.toContain( 'PREPEND' );
} );
