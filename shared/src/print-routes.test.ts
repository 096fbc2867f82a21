import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { printed, printRoutes } from './print-routes.ts';

describe( 'the table of routes', () => {
	test.each( Object.entries( printed ) )(
		'%s is as the contract gives it (else run npm run print-routes)',
		( name, print ) => {
			expect( readFileSync( new URL( `../../plugin/${ name }`, import.meta.url ), 'utf8' ) ).toBe( print() );
		}
	);

	test( 'the servers that a call lists are known to PHP, which checks access to each', () => {
		const routes = JSON.parse( printRoutes() ) as Record< string, { listsServers?: true } >;
		const lists = Object.keys( routes ).filter( ( name ) => routes[ name ]?.listsServers );
		expect( lists ).toEqual( expect.arrayContaining( [ 'listServers', 'readFleetMailLog' ] ) );
		expect( lists ).not.toContain( 'readServer' );
	} );

	test( 'no public endpoint is among them: a browser only reaches what PHP has guarded', () => {
		const routes = JSON.parse( printRoutes() ) as Record< string, { access: string } >;
		expect( Object.keys( routes ) ).toContain( 'installGateway' );
		expect( Object.values( routes ).map( ( route ) => route.access ) ).not.toContain( 'public' );
	} );
} );
