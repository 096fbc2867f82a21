import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { makeTestCertificates, type Pair, type TestCertificates } from '../../mail/test-certificates.ts';
import { newSigningSecret } from '../signing.ts';
import { testMessage } from '../words.ts';
import { webhook } from './webhook.ts';

const host = 'hooks.site.test';
const signingSecret = newSigningSecret();
const message = testMessage( 'https://example.com', new Date( 0 ) );

describe( 'a webhook', () => {
	let certificates: TestCertificates;
	let server: Server | undefined;
	beforeAll( () => {
		certificates = makeTestCertificates( host );
	} );
	afterEach( () => {
		server?.closeAllConnections();
		server?.close();
		server = undefined;
	} );

	async function send(
		listener: RequestListener,
		{ pair = certificates.good, path = '/in?key=1' }: { pair?: Pair; path?: string } = {}
	) {
		server = createServer( pair, listener );
		await new Promise< void >( ( done ) => server?.listen( 0, '127.0.0.1', done ) );
		const { port } = server.address() as AddressInfo;
		const { answer } = await webhook.send(
			{ kind: 'webhook', url: `https://${ host }${ path }`, signingSecret },
			{ id: 'msg-1', message },
			{
				allowedPrivateRanges: [],
				now: 1_767_225_600_000,
				receiver: { address: '127.0.0.1', port, ca: certificates.ca },
			}
		);
		return answer;
	}

	test( 'gets the alert as JSON, signed so that it can be checked', async () => {
		const got: { request: IncomingMessage; body: string }[] = [];
		const answer = await send( ( request, response ) => {
			let body = '';
			request.on( 'data', ( part ) => ( body += part ) );
			request.on( 'end', () => {
				got.push( { request, body } );
				response.writeHead( 204 ).end();
			} );
		} );

		expect( answer ).toBeNull();
		const [ { request, body } ] = got as [ ( typeof got )[ 0 ] ];
		expect( `${ request.method } ${ request.url } ${ request.headers.host }` ).toContain(
			`POST /in?key=1 ${ host }:`
		);
		expect( JSON.parse( body ) ).toEqual( message );
		// as a receiver would check it
		const [ id, seconds ] = [ request.headers[ 'webhook-id' ], request.headers[ 'webhook-timestamp' ] ];
		const key = Buffer.from( signingSecret.slice( 'whsec_'.length ), 'base64' );
		const digest = createHmac( 'sha256', key ).update( `${ id }.${ seconds }.${ body }` ).digest( 'base64' );
		expect( [ id, seconds ] ).toEqual( [ 'msg-1', '1767225600' ] );
		expect( request.headers[ 'webhook-signature' ] ).toBe( `v1,${ digest }` );
	} );

	test( 'that answers otherwise is told by its status only, and no redirect is followed', async () => {
		let asked = 0;
		const answer = await send( ( _request, response ) => {
			asked++;
			response.writeHead( 302, { location: 'https://127.0.0.1/secret' } ).end( 'words of the receiver' );
		} );
		expect( [ answer, asked ] ).toEqual( [ 'HTTP 302', 1 ] );
	} );

	test( 'whose certificate is not trusted gets nothing', async () => {
		let asked = 0;
		const answer = await send(
			( _request, response ) => {
				asked++;
				response.end();
			},
			{ pair: certificates.untrusted }
		);
		expect( [ answer, asked ] ).toEqual( [ 'SELF_SIGNED_CERT_IN_CHAIN', 0 ] );
	} );

	test.each( [ 'https://127.0.0.1/', 'https://169.254.169.254/latest', 'https://[::ffff:10.0.0.1]/' ] )(
		'%s is an inner address: nothing is sent there',
		async ( url ) => {
			const target = { kind: 'webhook', url, signingSecret } as const;
			expect( await webhook.send( target, { id: 'msg-1', message }, { allowedPrivateRanges: [] } ) ).toEqual( {
				answer: 'server_address_refused',
				isFinal: true,
			} );
		}
	);
} );
