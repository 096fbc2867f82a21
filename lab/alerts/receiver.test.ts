import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { newSigningSecret, signatureHeaders } from '../../backend/src/alerts/signing.ts';
import { Secret } from '../../backend/src/vault/secret.ts';
import { ensureCertificates } from '../provider/certificates.ts';
import type { Received } from './received.ts';
import { runReceiver, type RunningReceiver } from './receiver.ts';

const folder = mkdtempSync( join( tmpdir(), 'lab-alerts-' ) );
const mailbox = { user: 'alerts@example.test', password: 'a password', recipient: 'oncall@example.org' };
const signingSecret = newSigningSecret();
let receiver: RunningReceiver;
let ca: string;

beforeAll( async () => {
	ca = readFileSync( await ensureCertificates( folder, 'smtp.provider.test' ), 'utf8' );
	const [ cert, key ] = [ 'crt', 'key' ].map( ( end ) => readFileSync( join( folder, `alerts.${ end }` ) ) ) as [
		Buffer,
		Buffer,
	];
	const ports = { webhookPort: 0, mailPort: 0, listPort: 0 };
	receiver = await runReceiver( { address: '127.0.0.1', ...ports, mailbox }, { cert, key } );
} );
beforeEach( async () => {
	await fetch( receiver.listUrl, { method: 'DELETE' } );
	await choose( { signingSecret, status: null } );
} );
afterAll( async () => {
	await receiver.stop();
	rmSync( folder, { recursive: true } );
} );

const list = async () => ( await ( await fetch( receiver.listUrl ) ).json() ) as Received[];
const choose = ( settings: object ) =>
	fetch( receiver.listUrl, {
		...{ method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify( settings ) },
	} );

function signed( body: string, { id = 'one', secret = signingSecret, seconds = Date.now() / 1000 } = {} ) {
	const headers = signatureHeaders( new Secret( secret ), { id, body, seconds: Math.floor( seconds ) } );
	return { 'content-type': 'application/json', ...headers };
}

function post( body: string, headers: Record< string, string >, method = 'POST' ): Promise< number > {
	return new Promise( ( resolve, reject ) => {
		const asked = request(
			{
				...{ host: '127.0.0.1', port: receiver.webhookPort, path: '/webhook', ca, agent: false },
				method,
				headers,
			},
			( response ) => {
				response.resume();
				resolve( response.statusCode ?? 0 );
			}
		);
		asked.on( 'error', reject ).end( body );
	} );
}

describe( 'a webhook', () => {
	test( 'that the product signs is taken and listed, the newest first', async () => {
		expect( await post( '{"n":1}', signed( '{"n":1}' ) ) ).toBe( 204 );
		expect( await post( '{"n":2}', signed( '{"n":2}', { id: 'two' } ) ) ).toBe( 204 );
		expect( await list() ).toMatchObject( [
			{ channel: 'webhook', id: 'two', body: { n: 2 }, to: '/webhook', refused: null },
			{ id: 'one', body: { n: 1 }, refused: null },
		] );
	} );

	test( 'that is tried again is one alert', async () => {
		await choose( { status: 503 } );
		expect( await post( '{}', signed( '{}' ) ) ).toBe( 503 );
		await choose( { status: null } );
		expect( await post( '{}', signed( '{}' ) ) ).toBe( 204 );
		expect( await post( '{}', signed( '{}' ) ) ).toBe( 204 );
		expect( ( await list() ).map( ( { refused } ) => refused ) ).toEqual( [ null, 'as it was told to' ] );
	} );

	test.each( [
		[ 401, 'by another secret', '{}', signed( '{}', { secret: newSigningSecret() } ) ],
		[ 401, 'over another body', '{"a":1}', signed( '{}' ) ],
		[ 401, 'of an hour ago', '{}', signed( '{}', { seconds: Date.now() / 1000 - 3600 } ) ],
		[ 401, 'with a dot in its id', '{}', signed( '{}', { id: 'a.b' } ) ],
		[ 401, 'without a signature', '{}', { 'content-type': 'application/json' } ],
		[ 415, 'of another type', '{}', { ...signed( '{}' ), 'content-type': 'text/plain' } ],
		[ 400, 'that is a list', '[]', signed( '[]' ) ],
		[ 400, 'that is no JSON', '{', signed( '{' ) ],
	] )( 'is refused with %i: one %s', async ( status, _what, body, headers ) => {
		expect( await post( body, headers ) ).toBe( status );
		const [ one ] = await list();
		expect( one?.refused ).toEqual( expect.any( String ) );
	} );

	test( 'is refused with another method, or where it is too long', async () => {
		expect( await post( '{}', signed( '{}' ), 'PUT' ) ).toBe( 405 );
		const long = JSON.stringify( { text: 'x'.repeat( 70_000 ) } );
		expect( await post( long, signed( long ) ) ).toBe( 413 );
	} );
} );

describe( 'an e-mail', () => {
	const send = ( more: object, { pass = mailbox.password, to = mailbox.recipient } = {} ) =>
		createTransport( {
			...{ host: '127.0.0.1', port: receiver.mailPort, requireTLS: true, tls: { ca, servername: '127.0.0.1' } },
			auth: { user: mailbox.user, pass },
		} ).sendMail( { from: 'gateway@example.test', to, subject: 'Trouble', text: 'It stopped.', ...more } );

	test( 'is taken after STARTTLS and sign-in, and listed', async () => {
		await send( { html: '<p>It stopped.</p>' } );
		expect( await list() ).toMatchObject( [
			{ channel: 'email', to: 'oncall@example.org', subject: 'Trouble', text: 'It stopped.', refused: null },
		] );
	} );

	test( 'is refused without a text, to another mailbox, and with another password', async () => {
		await expect( send( { text: '' } ) ).rejects.toMatchObject( { responseCode: 550 } );
		await expect( send( {}, { to: 'other@example.org' } ) ).rejects.toMatchObject( { responseCode: 550 } );
		await expect( send( {}, { pass: 'wrong' } ) ).rejects.toMatchObject( { responseCode: 535 } );
		expect( ( await list() ).map( ( { refused } ) => refused ) ).toEqual( [
			'there is no other@example.org here',
			'the message has no text',
		] );
	} );
} );

test( 'a page on the internet that calls itself by another name reads nothing', async () => {
	const { port } = new URL( receiver.listUrl );
	const answered = await new Promise< number | undefined >( ( resolve, reject ) => {
		get( { host: '127.0.0.1', port, headers: { host: 'evil.test' } }, ( { statusCode } ) =>
			resolve( statusCode )
		).on( 'error', reject );
	} );
	expect( answered ).toBe( 421 );
} );
