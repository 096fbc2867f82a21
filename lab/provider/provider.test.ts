import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { ensureCertificates } from './certificates.ts';
import { runProvider, type ProviderConfig, type RunningProvider } from './provider.ts';

const folder = mkdtempSync( join( tmpdir(), 'lab-provider-' ) );
const password = `p#$a:s "s'\`ü😀 <%41>`;
let config: ProviderConfig;
let provider: RunningProvider;

beforeAll( async () => {
	await ensureCertificates( join( folder, 'tls' ), 'smtp.provider.test' );
	const [ starttls, implicit ] = [ await freePort(), await freePort() ];
	const smtp = { address: '127.0.0.1', starttls: [ starttls ], implicit: [ implicit ] };
	config = {
		...{ name: 'smtp.provider.test', folder, smtp, inboxPort: 0 },
		dns: [ { address: '127.0.0.1', port: await freePort() } ],
	};
	provider = await runProvider( config );
	provider.accounts.set( 'ann', password );
} );

beforeEach( async () => {
	await put( '/faults', {} );
	await put( '/certificate', { kind: 'good' } );
} );

afterAll( async () => {
	await provider.stop();
	rmSync( folder, { recursive: true } );
} );

test( 'accepts a message after STARTTLS and sign-in, names its queue id, and shows it in the inbox', async () => {
	const { response } = await send( { subject: 'Grüße' } );
	expect( response ).toMatch( /^250 2\.0\.0 Ok: queued as [0-9A-F]{10}$/ );
	const [ newest ] = await inbox();
	expect( newest ).toMatchObject( {
		from: 'wordpress@site.test',
		to: [ 'ann@example.test', 'bob@example.test' ],
		subject: 'Grüße',
		authUser: 'ann',
		tls: 'TLSv1.3',
	} );
	expect( newest?.raw ).toContain( 'Hello from a site' );
} );

test( 'accepts a message over implicit TLS', async () => {
	await send( { subject: 'implicit', port: config.smtp.implicit[ 0 ], secure: true } );
	expect( ( await inbox() )[ 0 ]?.subject ).toBe( 'implicit' );
} );

test( 'refuses a wrong password with the reply that providers give', async () => {
	await expect( send( { pass: 'wrong' } ) ).rejects.toMatchObject( {
		responseCode: 535,
		response: '535 5.7.8 Error: authentication failed',
	} );
} );

test( 'changes the password of an account on request', async () => {
	await put( '/accounts/bob', { password: 'first' } );
	await send( { user: 'bob', pass: 'first' } );
	await put( '/accounts/bob', { password: 'second' } );
	await expect( send( { user: 'bob', pass: 'first' } ) ).rejects.toMatchObject( { responseCode: 535 } );
	await expect( send( { user: 'bob', pass: 'second' } ) ).resolves.toBeDefined();
} );

test( 'takes no message without a sign-in', async () => {
	await expect( send( { user: '' } ) ).rejects.toMatchObject( { responseCode: 530 } );
} );

test.each( [
	[ 'greeting', '554 5.7.1 No service for your address' ],
	[ 'ehlo', '421 4.3.2 Not now' ],
	[ 'starttls', '454 4.7.0 TLS not available' ],
	[ 'auth', '454 4.7.0 Temporary authentication failure' ],
	[ 'mailFrom', '550 5.7.1 Sender not verified' ],
	[ 'rcptTo', '452 4.5.3 Too many recipients today' ],
	[ 'data', '451 4.3.0 Not now' ],
	[ 'message', '554 5.7.1 Looks like spam' ],
	[ 'greeting', '421-4.7.0 Not now\n421 4.7.0 and not soon' ],
	[ 'ehlo', '550-Not you\n550 nor others' ],
	[ 'auth', '534-5.7.9 An app password is\n534-5.7.9 required\n534 5.7.9  https://provider.test/' ],
	[ 'mailFrom', '550-5.7.1 Not\n550 5.7.1 verified' ],
	[ 'data', '550-5.4.5 Daily limit\n550 5.4.5 exceeded' ],
	[ 'message', '550-5.4.5 Daily limit\n550 5.4.5 exceeded' ],
] )( 'refuses at the stage %s: %s', async ( stage, reply ) => {
	await put( '/faults', { at: { [ stage ]: reply } } );
	await expect( send() ).rejects.toMatchObject( { response: expect.stringContaining( reply ) } );
} );

test( 'keeps its messages over a restart', async () => {
	await send( { subject: 'before the restart' } );
	await provider.stop();
	provider = await runProvider( config );
	expect( ( await inbox() )[ 0 ]?.subject ).toBe( 'before the restart' );
} );

test( 'forgets its messages on request', async () => {
	await send();
	await fetch( `${ provider.inboxUrl }/messages`, { method: 'DELETE' } );
	expect( await inbox() ).toEqual( [] );
} );

function send( {
	subject = 'Hello',
	port = config.smtp.starttls[ 0 ],
	secure = false,
	user = 'ann',
	pass = password,
} = {} ) {
	const transport = createTransport( {
		host: '127.0.0.1',
		port,
		secure,
		requireTLS: ! secure,
		greetingTimeout: 2000,
		...( user ? { auth: { user, pass } } : {} ),
		tls: { servername: 'smtp.provider.test', ca: readFileSync( join( folder, 'tls/ca.crt' ) ) },
	} );
	return transport.sendMail( {
		from: 'wordpress@site.test',
		to: 'ann@example.test, bob@example.test',
		subject,
		text: 'Hello from a site',
	} );
}

async function inbox(): Promise< Array< { subject: string; raw: string } > > {
	const response = await fetch( `${ provider.inboxUrl }/messages` );
	return ( await response.json() ) as Array< { subject: string; raw: string } >;
}

function put( path: string, body: object ) {
	return fetch( `${ provider.inboxUrl }${ path }`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify( body ),
	} );
}

async function freePort(): Promise< number > {
	const server = createServer().listen( 0, '127.0.0.1' );
	await once( server, 'listening' );
	const address = server.address();
	server.close();
	return typeof address === 'object' ? address?.port ?? 0 : 0;
}
