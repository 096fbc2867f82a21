import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { GatewaySettings } from '@email-gateway/shared';
import { isFailure } from '../errors.ts';
import { connect } from '../ssh/connect.ts';
import type { Remote } from '../ssh/remote.ts';
import { startTestSshd, type TestSshd } from '../ssh/test-sshd.ts';
import { Secret } from '../vault/secret.ts';
import { preflight } from './preflight.ts';
import { makeTestCertificates } from './test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from './test-smtp.ts';

const signal = AbortSignal.timeout( 120_000 );
const certificates = makeTestCertificates( 'localhost' );
const tls = certificates.good;
const password = `p#$a:s "s'\`ü😀 <%41>`;
let sshd: TestSshd;
let remote: Remote;
const providers: TestSmtp[] = [];

beforeAll( async () => {
	sshd = await startTestSshd();
	remote = await connect( sshd.target, { signal } );
} );
afterAll( async () => {
	remote.close();
	await sshd.stop();
} );
afterEach( async () => {
	await Promise.all( providers.splice( 0 ).map( ( provider ) => provider.stop() ) );
} );

const look = async ( script: Script, change: Partial< GatewaySettings > = {}, through: Remote = remote ) => {
	const provider = await startTestSmtp( script );
	providers.push( provider );
	const settings: GatewaySettings = {
		smtpServer: 'localhost',
		smtpPort: provider.port,
		userName: 'user@example.com',
		sendingDomain: 'example.com',
		note: '',
		serverHostname: null,
		rootMail: null,
		caCertificate: certificates.ca,
		...change,
	};
	const result = await preflight( through, { settings, password: new Secret( password ), signal } ).catch(
		( error: unknown ) => {
			if ( ! isFailure( error ) ) {
				throw error;
			}
			return { code: error.code, ...error.detail };
		}
	);
	return { result, heard: provider.heard };
};

describe( 'preflight', () => {
	test( 'signs in with PLAIN, byte for byte, and sends nothing', async () => {
		const { result, heard } = await look( { tls } );
		expect( result ).toEqual( { tlsVersion: 'TLSv1.3', certificateName: 'localhost' } );
		const auth = heard.find( ( line ) => line.startsWith( 'AUTH PLAIN ' ) ) ?? '';
		expect( Buffer.from( auth.slice( 11 ), 'base64' ).toString() ).toBe( `\0user@example.com\0${ password }` );
		expect( heard.some( ( line ) => /^(MAIL|RCPT|DATA)/.test( line ) ) ).toBe( false );
	} );

	test( 'signs in with LOGIN where there is no PLAIN', async () => {
		const { result, heard } = await look( { tls, auth: 'LOGIN CRAM-MD5' } );
		expect( result ).toMatchObject( { tlsVersion: 'TLSv1.3' } );
		expect( heard ).toContain( Buffer.from( password ).toString( 'base64' ) );
	} );

	test.each< [ string, Script, Record< string, unknown > ] >( [
		[
			'wrong password',
			{ tls, replies: { AUTH: '535 5.7.8 Error: authentication failed' } },
			{
				code: 'provider_login_refused',
				cause: 'wrong_credentials',
				reply: '535 5.7.8 Error: authentication failed',
				stage: 'AUTH',
			},
		],
		[
			'login fails for now',
			{ tls, replies: { AUTH: '454 4.7.0 Temporary authentication failure' } },
			{ code: 'provider_unavailable', cause: 'temporary_login_failure' },
		],
		[
			'password login switched off',
			{ tls, replies: { AUTH: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled' } },
			{ code: 'provider_login_refused', cause: 'smtp_auth_disabled' },
		],
		[ 'only OAuth', { tls, auth: 'XOAUTH2' }, { code: 'provider_login_refused', cause: 'oauth_only' } ],
		[
			'only CRAM-MD5',
			{ tls, auth: 'CRAM-MD5' },
			{ code: 'provider_login_refused', cause: 'no_mechanism_in_common' },
		],
		[
			'a connection that ends at the login',
			{ tls, replies: { AUTH: '' } },
			{ code: 'provider_unavailable', cause: 'dropped_midway', stage: 'AUTH' },
		],
		[
			'expired certificate',
			{ tls: certificates.expired },
			{ code: 'provider_certificate_refused', cause: 'certificate_expired' },
		],
		[
			'certificate for another name',
			{ tls: certificates.wrongName },
			{
				code: 'provider_certificate_refused',
				cause: 'certificate_wrong_name',
				reply: expect.stringContaining( 'DNS:other.localhost.test' ),
			},
		],
		[
			'self-signed certificate',
			{ tls: certificates.selfSigned },
			{ code: 'provider_certificate_refused', cause: 'certificate_self_signed' },
		],
		[
			'certificate of an unknown authority',
			{ tls: certificates.untrusted },
			{
				code: 'provider_certificate_refused',
				...{ cause: 'certificate_untrusted', issuer: expect.stringMatching( /./ ), hasOwnCa: true },
			},
		],
		[ 'no STARTTLS', {}, { code: 'provider_tls_failed', cause: 'starttls_not_offered' } ],
		[
			'STARTTLS refused for now',
			{ tls, replies: { STARTTLS: '454 4.7.0 TLS not available' } },
			{ code: 'provider_tls_failed', cause: 'tls_handshake_failed' },
		],
		[
			'too many connections',
			{ tls, greeting: '421 4.7.0 Too many connections' },
			{ code: 'provider_unavailable', cause: 'too_many_connections', reply: '421 4.7.0 Too many connections' },
		],
		[
			'address refused',
			{ tls, greeting: '554 5.7.1 Your IP is blocked' },
			{ code: 'provider_unavailable', cause: 'blocklisted' },
		],
		[ 'hangs up', { tls, greeting: '' }, { code: 'provider_unavailable', cause: 'dropped_at_greeting' } ],
		[ 'hangs up at EHLO', { tls, ehlo: '' }, { code: 'provider_unavailable', cause: 'dropped_at_greeting' } ],
	] )( '%s', async ( _name, script, expected ) => {
		const { result, heard } = await look( script );
		expect( result ).toMatchObject( expected );
		if ( ! ( 'stage' in expected ) && ! /AUTH/.test( JSON.stringify( script ) ) ) {
			expect( heard.some( ( line ) => line.startsWith( 'AUTH' ) ) ).toBe( false );
		}
	} );

	test( 'a known provider behind a name of somebody’s own is known by what it calls itself', async () => {
		const replies = { AUTH: '535 Error: authentication failed' };
		const unnamed = await look( { tls, replies } );
		expect( unnamed.result ).toMatchObject( { cause: 'wrong_credentials' } );
		const named = await look( { tls, replies, name: 'smtp.163.com at your service' } );
		expect( named.result ).toMatchObject( { code: 'provider_login_refused', cause: 'app_password_required' } );
	} );

	test( 'never signs in where the certificate is judged by no authority it knows', async () => {
		const { result, heard } = await look( { tls }, { caCertificate: null } );
		expect( result ).toMatchObject( { code: 'provider_certificate_refused', cause: 'certificate_untrusted' } );
		expect( heard.some( ( line ) => line.startsWith( 'AUTH' ) ) ).toBe( false );
	} );
} );
