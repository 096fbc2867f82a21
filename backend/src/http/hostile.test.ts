import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { endpoints, errorBody, type Actor, type EndpointName } from '@email-gateway/shared';
import fc from 'fast-check';
import { hostileText, hostileValue, nastyTexts, withReplaced } from '../../test-fixtures/hostile-text.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connection, connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { makePairingCode } from '../db/pairing-codes.ts';
import { errorBodyOf } from './on-error.ts';
import { pairSite } from './pairing.ts';

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
	await connectServer( site, connected );
	jobId = ( await site.call( 'readServer', { serverId: connected } ) ).body.job?.jobId ?? '';
} );
afterAll( () => backend.stop() );

const secret = 'never-to-be-seen-in-an-answer';
const mail = { ...settings, password: { use: 'typed', value: secret } };
const pem = `-----BEGIN PRIVATE KEY-----\n${ secret }\n-----END PRIVATE KEY-----`;
/** A body that each endpoint takes. */
const bodies: Partial< Record< EndpointName, unknown > > = {
	saveDefaults: { defaults: mail },
	offerIncludedGateway: { customersMayUse: true },
	saveConnection: {
		connection: {
			...connection,
			sshPort: 22,
			sshUser: 'root',
			sudoPassword: { use: 'typed', value: secret },
			signIn: { kind: 'private_key', privateKey: { use: 'typed', value: pem }, passphrase: null },
		},
	},
	trustHostKey: { fingerprint: `SHA256:${ 'A'.repeat( 43 ) }` },
	previewChanges: { settings: mail, consents: [ 'install_anyway' ] },
	checkSettings: { settings: mail, consents: [] },
	installGateway: { settings: mail, consents: [] },
	sendTestEmail: { from: 'a@example.com', to: 'b@example.com' },
	removeGateway: { waitingMail: 'save' },
};
const queries: Partial< Record< EndpointName, string > > = { listServers: 'ids', readJob: 'after', readAudit: 'before' };
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
const numbers = [ '0', '-1', '1.5', '1e3', '2147483648', '9007199254740993', '1e308', '0x10', ' 1', '١', '1,1', '00000000001' ];
const userId = fc.integer( { min: 1, max: 1e9 } );

afterEach( () => {
	expect( backend.logged() ).not.toContain( 'unexpected error' );
	expect( backend.logged() ).not.toContain( secret );
} );

describe( 'whatever a field says', () => {
	test.each( names )( '%s takes it or refuses it, and never falls over it', async ( name ) => {
		const { method, path } = endpoints[ name ];
		const request = fc.record( {
			serverId: fc.oneof( fc.constant( connected ), fc.integer( { min: 2, max: 1e15 - 1 } ) ),
			userId,
			place: fc.nat( { max: 100 } ),
			value: hostileValue(),
			text: fc.oneof( hostileText( '1' ), fc.constantFrom( ...numbers ) ),
		} );
		await fc.assert(
			fc.asyncProperty( request, async ( { serverId, userId: by, place, value, text } ) => {
				const filled = path.replace( ':serverId', String( serverId ) ).replace( ':jobId', jobId );
				const parameter = queries[ name ];
				const query = parameter ? `?${ parameter }=${ encodeURIComponent( text.toWellFormed().slice( 0, 900 ) ) }` : '';
				const body = method === 'GET' ? '' : JSON.stringify( withReplaced( bodies[ name ] ?? {}, place, value ) );
				expectOurs( await site.raw( method, `/v1${ filled }${ query }`, { body, actor: { userId: by } } ) );
			} ),
			{ numRuns: 40 }
		);
	} );

	test( 'whatever the actor is called, it is written down or refused', async () => {
		const field = fc.constantFrom< string[] >( 'login', 'mail', 'siteUrl', 'may', 'userId', 'surprise' );
		// headers beyond Node's 16 KiB never reach us
		const fits = ( value: unknown ) => JSON.stringify( value ).length < 8_000;
		await fc.assert(
			fc.asyncProperty( field, hostileValue( 'admin@example.com' ).filter( fits ), userId, async ( name, value, by ) => {
				const actor = { userId: by, [ name ]: value } as Partial< Actor >;
				const body = JSON.stringify( { customersMayUse: true } );
				expectOurs( await site.raw( 'PUT', '/v1/defaults/offer', { body, actor } ) );
			} ),
			{ numRuns: 200, examples: nastyTexts.filter( fits ).flatMap( ( text ): [ string, unknown, number ][] => [ [ 'login', text, 1 ], [ 'mail', text, 2 ] ] ) }
		);
	} );

	test( 'whatever a site calls itself, it is paired or refused', async () => {
		const field = fc.constantFrom< string[] >( 'siteName', 'siteUrl', 'publicKey', 'code' );
		await fc.assert(
			fc.asyncProperty( field, hostileValue( 'https://shop.example.com' ), async ( name, value ) => {
				const { code } = await makePairingCode( backend.app.db );
				const asked = { code, publicKey: site.rawPublicKey, siteUrl: 'https://x.example', siteName: 'x', [ name ]: value };
				const pair = async () => pairSite( backend.app, endpoints.pairSite.request.parse( asked ) );
				const response = await pair().catch( errorBodyOf );
				expect( JSON.stringify( response ) ).not.toContain( 'internal_error' );
			} ),
			{ numRuns: 200, examples: nastyTexts.map( ( text ): [ string, unknown ] => [ 'siteName', text ] ) }
		);
	} );
} );
