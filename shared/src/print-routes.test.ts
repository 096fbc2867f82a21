import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { printRoutes } from './print-routes.ts';

describe( 'the table of routes', () => {
	test( 'the printed table is the one the contract gives (else run npm run print-routes)', () => {
		const printed = readFileSync( new URL( '../../plugin/routes.json', import.meta.url ), 'utf8' );
		expect( printed ).toBe( printRoutes() );
	} );

	test( 'no public endpoint is among them: a browser only reaches what PHP has guarded', () => {
		const routes = JSON.parse( printRoutes() ) as Record< string, { access: string } >;
		expect( Object.keys( routes ) ).toContain( 'installGateway' );
		expect( Object.values( routes ).map( ( route ) => route.access ) ).not.toContain( 'public' );
	} );
} );
