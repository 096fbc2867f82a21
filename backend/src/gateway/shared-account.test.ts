import { describe, expect, test } from '@jest/globals';
import { mainCfParameters } from './main-cf.ts';
import { masterServices } from './master-cf.ts';
import { noRules } from './rules.ts';
import type { RouteAccount } from './routes.ts';
import { settings } from './test-facts.ts';
import { testRoute } from './test-routes.ts';

const shop: RouteAccount = { smtpServer: 'smtp.shop.test', smtpPort: 587, userName: 'shop@shop.test' };
const ofGateway: RouteAccount = { ...shop, smtpServer: settings.smtpServer, userName: settings.userName };
const microsoft: RouteAccount = { ...shop, smtpServer: 'smtp.office365.com' };

/** Of a server whose routes have these accounts. */
function limitsWith( accounts: readonly RouteAccount[], own: Partial< RouteAccount > = {} ) {
	const list = accounts.map( ( account, at ) => testRoute( at + 1, { account } ) );
	const rules = { ...noRules, routes: { list, without: 'default' as const } };
	const all = mainCfParameters( {
		...{ settings: { ...settings, ...own }, hostname: 'web1.example.com', version: [ 3, 10 ] },
		...{ folder: '/etc/postfix/gateway-3', authCache: 'btree', rules },
	} );
	const found = ( name: string ) =>
		[ 'smtp', ...accounts.map( ( _, at ) => `gw-${ at + 1 }` ) ].map( ( service ) =>
			all.find( ( one ) => one.name === `${ service }_destination_${ name }` )
		);
	return {
		connections: found( 'concurrency_limit' ).map( ( one ) => Number( one?.value ) ),
		why: found( 'concurrency_limit' ).map( ( one ) => one?.why ),
		delays: found( 'rate_delay' ).map( ( one ) => one?.value ),
		services: masterServices( rules.routes ).map( ( { entry } ) => entry ),
	};
}
const sum = ( numbers: readonly number[] ) => numbers.reduce( ( total, one ) => total + one, 0 );

describe( 'connections are limited for an account, over all ways that have it', () => {
	test( 'accounts of their own have five each', () => {
		expect( limitsWith( [ shop, { ...shop, userName: 'blog' } ] ).connections ).toEqual( [ 5, 5, 5 ] );
	} );

	test.each( [
		[ 'two routes', [ shop, shop ], [ 5, 2, 2 ] ],
		[
			'two routes, of another port and in capitals',
			[ shop, { ...shop, smtpPort: 465, userName: 'Shop@Shop.test' } ],
			[ 5, 2, 2 ],
		],
		[ 'a route and the gateway', [ ofGateway, shop ], [ 2, 2, 5 ] ],
		[ 'two routes and the gateway', [ ofGateway, ofGateway ], [ 1, 1, 1 ] ],
	] )( '%s share one', ( _, accounts, expected ) => {
		expect( limitsWith( accounts ).connections ).toEqual( expected );
	} );

	test( 'never more than the account may, while there is one for each', () => {
		for ( const count of [ 1, 2, 3, 4, 5 ] ) {
			const { connections } = limitsWith( Array.from( { length: count }, () => shop ) );
			expect( sum( connections.slice( 1 ) ) ).toBeLessThanOrEqual( 5 );
		}
		expect( limitsWith( [ microsoft ], microsoft ).connections ).toEqual( [ 1, 1 ] );
		expect( limitsWith( [ microsoft, microsoft ], microsoft ).connections ).toEqual( [ 1, 1, 1 ] );
	} );

	test( 'each has one at least, and the preview says how many that are', () => {
		const { connections, why } = limitsWith( Array.from( { length: 8 }, () => shop ) );
		expect( connections ).toEqual( [ 5, ...Array.from( { length: 8 }, () => 1 ) ] );
		expect( why[ 1 ] ).toContain( '8 ways out share this account: one connection each, so up to 8 at once' );
		expect( limitsWith( [ shop, shop ] ).why[ 1 ] ).toContain( '2 ways out share this account, and 5 connections' );
		expect( limitsWith( [ shop ] ).why.join() ).not.toContain( 'share' );
	} );

	test( 'a provider that allows so many messages a minute is given no more by two ways', () => {
		const slow: RouteAccount = { ...shop, smtpServer: 'smtp.office365.com' };
		const [ , one ] = limitsWith( [ slow ] ).delays;
		const [ , first, second ] = limitsWith( [ slow, slow ] ).delays;
		expect( [ one, first, second ] ).toEqual( [ '2s', '4s', '4s' ] );
	} );

	test( 'how many of its provider’s addresses are tried stays as it is', () => {
		for ( const entry of limitsWith( [ shop, shop, shop ] ).services.filter( ( one ) =>
			one.startsWith( 'gw-' )
		) ) {
			expect( entry ).toContain( '-o smtp_mx_address_limit=5' );
		}
	} );
} );
