import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { actor, endpoints, errorBody, suppliedConnection, type Actor, type EndpointName } from '@email-gateway/shared';
import fc from 'fast-check';
import { placesOf, secret, usualBodies, type Place } from '../../test-fixtures/contract-fields.ts';
import { hostileValue, nastyTexts } from '../../test-fixtures/hostile-text.ts';
import { makeSiteClient, type SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makePairingCode } from '../db/pairing-codes.ts';
import { errorBodyOf } from './on-error.ts';
import { pairSite } from './calls/pair-site.ts';

jest.setTimeout( 120_000 );

/** The one server on which a gateway could be installed. */
const connected = 1;
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
} );
// some of what is asked points it elsewhere or forgets it
beforeEach( async () => {
	// by another person each time: on a fast machine one would ask more than is allowed in a minute
	const actor = { userId: nextUser++ };
	await connectServer( site, connected, { actor } );
	jobId = ( await site.call( 'readServer', { serverId: connected, actor } ) ).body.job?.jobId ?? '';
} );
let nextUser = 1000;
afterAll( () => backend.stop() );

let jobId = '';
const names = ( Object.keys( endpoints ) as EndpointName[] ).filter( ( name ) => name !== 'pairSite' );

/** Refused in the one shape, or taken; never a fault of ours, and never what was typed as a password. */
function expectOurs( { status, text }: { status: number; text: string } ): void {
	expect( text ).not.toContain( secret );
	const answer: unknown = JSON.parse( text );
	if ( status >= 300 ) {
		expect( status ).toBeLessThan( 500 );
		expect( errorBody.parse( answer ) ).toMatchObject( { data: { status } } );
	}
}
// headers beyond Node's 16 KiB never reach us
const fits = ( value: unknown ) => ( JSON.stringify( value ) ?? '' ).length < 8_000;
/** Around what is usual there, or anything. */
const valueFor = ( { usual }: Place ) =>
	fc.oneof(
		{ weight: 3, arbitrary: hostileValue( usual === undefined ? undefined : String( usual ) ) },
		fc.constantFrom( ...numbers )
	);
const queryOf = ( input: unknown ) =>
	`?${ new URLSearchParams(
		Object.entries( input as object ).map( ( [ name, value ] ) => [
			name,
			// not String(): an object may have a toString that is no function
			( typeof value === 'string' ? value : fc.stringify( value ) ).toWellFormed().slice( 0, 900 ),
		] )
	) }`;
const numbers = [
	'0',
	'-1',
	'1.5',
	'1e3',
	'2147483648',
	'9007199254740993',
	'1e308',
	'0x10',
	' 1',
	'١',
	'1,1',
	'00000000001',
];
const userId = fc.integer( { min: 1, max: 1e9 } );

// each answers for its own lines: the first to fail is the one that met the fault
let looked = 0;
afterEach( () => {
	const lines = backend.logged().slice( looked );
	looked += lines.length;
	expect( lines.split( '\n' ).filter( ( line ) => line.includes( 'unexpected error' ) ) ).toEqual( [] );
	expect( lines ).not.toContain( secret );
} );

describe( 'whatever a field says', () => {
	test.each( names )( '%s takes it or refuses it, and never falls over it', async ( name ) => {
		const { method, path, request } = endpoints[ name ];
		const server = fc.oneof( fc.constant( connected ), fc.integer( { min: 2, max: 1e15 - 1 } ) );
		// afterwards its key is good for nothing any more
		const asking = name === 'endPairing' ? await backend.site( { siteUrl: 'https://ends.example.com' } ) : site;
		const ask = ( serverId: number, by: number, input: unknown ) => {
			const filled = path.replace( ':serverId', String( serverId ) ).replace( ':jobId', jobId );
			const query = method === 'GET' ? queryOf( input ) : '';
			return asking.raw( method, `/v1${ filled }${ query }`, {
				body: method === 'GET' ? '' : JSON.stringify( input ),
				actor: { userId: by },
			} );
		};
		for ( const body of usualBodies( request ) ) {
			expectOurs( await ask( connected, 1, body ) );
		}
		for ( const place of placesOf( request ) ) {
			await fc.assert(
				fc.asyncProperty( server, userId, valueFor( place ), async ( serverId, by, value ) => {
					expectOurs( await ask( serverId, by, place.with( value ) ) );
				} ),
				{ numRuns: 10 }
			);
		}
	} );

	test.each( placesOf( suppliedConnection ) )(
		'a connection that comes along is taken or refused: $path',
		async ( place ) => {
			await fc.assert(
				fc.asyncProperty( userId, valueFor( place ).filter( fits ), async ( by, value ) => {
					const target = `/v1${ endpoints.checkConnection.path.replace(
						':serverId',
						String( connected + 1 )
					) }`;
					expectOurs(
						await site.raw( 'POST', target, {
							body: '{}',
							actor: { userId: by },
							connection: place.with( value ),
						} )
					);
				} ),
				{ numRuns: 25 }
			);
		}
	);

	test.each( placesOf( actor ) )(
		'whatever the actor is called, it is written down or refused: $path',
		async ( place ) => {
			await fc.assert(
				fc.asyncProperty( valueFor( place ).filter( fits ), userId, async ( value, by ) => {
					const told = place.with( value ) as Actor;
					const body = JSON.stringify( { customersMayUse: true } );
					expectOurs(
						await site.raw( 'PUT', '/v1/defaults/offer', {
							body,
							actor: place.path === 'userId' ? told : { ...told, userId: by },
						} )
					);
				} ),
				{
					numRuns: 25,
					examples:
						place.path === 'login' || place.path === 'siteAdminMail'
							? nastyTexts.filter( fits ).map( ( text ): [ unknown, number ] => [ text, 1 ] )
							: [],
				}
			);
		}
	);

	test.each( placesOf( endpoints.pairSite.request ) )(
		'whatever a site calls itself, it is paired or refused: $path',
		async ( place ) => {
			await fc.assert(
				fc.asyncProperty( valueFor( place ), async ( value ) => {
					const { code } = await makePairingCode( backend.app.db, backend.app.vault );
					const { signedBy, ...named } = place.with( value ) as Record< string, unknown >;
					const asked = {
						...named,
						...( place.path === 'code' ? {} : { code } ),
						...( place.path === 'backendUrl' ? {} : { backendUrl: backend.audience } ),
						...( place.path === 'publicKey'
							? {}
							: { publicKey: makeSiteClient( backend.audience ).rawPublicKey } ),
						...( place.path.startsWith( 'signedBy' ) ? { signedBy } : {} ),
					};
					const pair = async () =>
						pairSite( backend.app, endpoints.pairSite.request.parse( asked ), Date.now() );
					const response = await pair().catch( errorBodyOf );
					expect( JSON.stringify( response ) ).not.toContain( 'internal_error' );
				} ),
				{
					numRuns: 25,
					examples: place.path === 'siteName' ? nastyTexts.map( ( text ): [ unknown ] => [ text ] ) : [],
				}
			);
		}
	);
} );
