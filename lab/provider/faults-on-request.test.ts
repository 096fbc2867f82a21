import { Resolver } from 'node:dns/promises';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { ensureCertificates } from './certificates.ts';
import type { Tries } from './counts.ts';
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

test.each( [ 'greeting', 'ehlo', 'starttls', 'auth', 'mailFrom', 'rcptTo', 'data', 'message' ] )(
	'hangs up at the stage %s on request, and keeps nothing',
	async ( stage ) => {
		const before = ( await inbox() ).length;
		await put( '/faults', { at: { [ stage ]: 'drop' } } );
		await expect( send() ).rejects.toMatchObject( {
			code: expect.stringMatching( /^(ECONNECTION|ESOCKET|ETLS)$/ ),
		} );
		expect( ( await inbox() ).length ).toBe( before );
	}
);

test( 'refuses one account, and counts what is tried with it', async () => {
	await put( '/accounts/bob', { password: 'second' } );
	await put( '/accounts/eve', { password: 'hers' } );
	await put( '/faults', { atAccount: { bob: { auth: '534 5.7.9 No' }, eve: { message: '550 5.4.5 Daily limit' } } } );
	await fetch( `${ provider.inboxUrl }/counts`, { method: 'DELETE' } );
	await expect( send( { user: 'bob', pass: 'second' } ) ).rejects.toMatchObject( { response: '534 5.7.9 No' } );
	await expect( send( { user: 'eve', pass: 'hers' } ) ).rejects.toMatchObject( { responseCode: 550 } );
	await expect( send() ).resolves.toBeDefined();
	const triesOf = async ( user: string ) => {
		const answer = await fetch( `${ provider.inboxUrl }/counts/${ user }` );
		const { loginsMs, mailsMs } = ( await answer.json() ) as Tries;
		return { logins: loginsMs.length, mails: mailsMs.length };
	};
	expect( await triesOf( 'bob' ) ).toEqual( { logins: 1, mails: 0 } );
	expect( await triesOf( 'eve' ) ).toEqual( { logins: 1, mails: 1 } );
	expect( await triesOf( 'nobody' ) ).toEqual( { logins: 0, mails: 0 } );
} );

test( 'counts what clients try until it is told to begin again', async () => {
	await fetch( `${ provider.inboxUrl }/counts`, { method: 'DELETE' } );
	await send();
	await expect( send( { pass: 'wrong' } ) ).rejects.toMatchObject( { responseCode: 535 } );
	const counts = await ( await fetch( `${ provider.inboxUrl }/counts` ) ).json();
	expect( counts ).toEqual( { connections: 2, logins: 2, mails: 1 } );
} );

test( 'greylists: takes at the second try what it refused at the first', async () => {
	await put( '/faults', { greylist: true } );
	await expect( send() ).rejects.toMatchObject( { responseCode: 450 } );
	await expect( send() ).resolves.toBeDefined();
} );

test.each( [
	[ { noStarttls: true }, { code: 'ETLS' } ],
	[ { authMethods: [ 'XOAUTH2' ] }, { code: 'EAUTH' } ],
	[ { authMethods: [] }, { responseCode: 530 } ],
	[ { wrongMode: true }, { code: 'ETIMEDOUT' } ],
	[ { oldTls: true }, { code: 'ESOCKET' } ],
	[ { maxMessageBytes: 10 }, { responseCode: 552 } ],
] )( 'plays the fault %j', async ( fault, seen ) => {
	await put( '/faults', fault );
	await expect( send() ).rejects.toMatchObject( seen );
} );

test( 'listens on some ports only', async () => {
	await put( '/faults', { closedPorts: config.smtp.starttls } );
	await expect( send() ).rejects.toMatchObject( { code: 'ESOCKET' } );
	await expect( send( { port: config.smtp.implicit[ 0 ], secure: true } ) ).resolves.toBeDefined();
} );

test( 'waits before each reply, for as long as it is told', async () => {
	await put( '/faults', { replyDelayMs: 30 } );
	const from = performance.now();
	await send();
	// greeting, EHLO, STARTTLS, EHLO, AUTH, MAIL, two RCPT, DATA, the message
	expect( performance.now() - from ).toBeGreaterThan( 10 * 29 );
} );

test( 'closes its ports while it is down, and opens them again', async () => {
	await put( '/faults', { down: true } );
	await expect( send() ).rejects.toMatchObject( { code: 'ESOCKET' } );
	await put( '/faults', {} );
	await expect( send() ).resolves.toBeDefined();
} );

test.each( [
	[ 'expired', 'certificate has expired' ],
	[ 'wrong_name', "does not match certificate's altnames" ],
	[ 'self_signed', 'self-signed certificate' ],
	[ 'not_yet_valid', 'certificate is not yet valid' ],
	[ 'intercepted', 'self-signed certificate in certificate chain' ],
	[ 'incomplete_chain', 'unable to verify the first certificate' ],
] )( 'shows a certificate that is %s', async ( kind, reason ) => {
	await put( '/certificate', { kind } );
	await expect( send() ).rejects.toThrow( reason );
} );

test( 'its DNS falls silent on request', async () => {
	const resolver = new Resolver( { timeout: 500, tries: 1 } );
	resolver.setServers( [ `127.0.0.1:${ config.dns?.[ 0 ]?.port }` ] );
	await expect( resolver.resolve4( 'smtp.provider.test' ) ).resolves.toEqual( [ '127.0.0.1' ] );
	await put( '/faults', { resolverDown: true } );
	await expect( resolver.resolve4( 'smtp.provider.test' ) ).rejects.toMatchObject( {
		code: expect.stringMatching( /^(ECONNREFUSED|ETIMEOUT)$/ ),
	} );
	await put( '/faults', {} );
	await expect( resolver.resolve4( 'smtp.provider.test' ) ).resolves.toEqual( [ '127.0.0.1' ] );
} );

test( 'refuses a fault that it does not know', async () => {
	expect( ( await put( '/faults', { meteor: true } ) ).status ).toBe( 400 );
	expect( ( await put( '/faults', { at: { rcptTo: '250 2.1.5 fine\r\nQUIT' } } ) ).status ).toBe( 400 );
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
