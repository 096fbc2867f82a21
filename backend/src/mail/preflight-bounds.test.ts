import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { GatewaySettings } from '@email-gateway/shared';
import { isFailure } from '../errors.ts';
import { connect } from '../ssh/connect.ts';
import type { Remote } from '../ssh/remote.ts';
import { runForReal, startTestSshd, type TestSshd } from '../ssh/test-sshd.ts';
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
	test( 'a reply that tries to draw on the screen is text', async () => {
		const { result } = await look( {
			tls,
			replies: { AUTH: `535 5.7.8 \x1b[2J<b>no</b> ${ 'x'.repeat( 2000 ) }` },
		} );
		expect( result ).toMatchObject( { reply: expect.stringMatching( /^535 5\.7\.8 \[2J<b>no<\/b> x+$/ ) } );
		expect( 'reply' in result && result.reply ).toHaveLength( 512 );
	} );

	test( 'cuts off a provider that talks without end', async () => {
		const { result } = await look( { tls, greeting: `220-${ 'x'.repeat( 300_000 ) }` } );
		expect( result ).toMatchObject( { code: 'provider_unavailable' } );
	} );

	test( 'a port that says nothing is given up after a quarter of a minute', async () => {
		const { result } = await look( { tls, greeting: null } );
		expect( result ).toMatchObject( { code: 'provider_unavailable', cause: 'greeting_timed_out' } );
	}, 25_000 );

	test( 'stops at once when told to', async () => {
		const provider = await startTestSmtp( { tls, greeting: null } );
		providers.push( provider );
		const reason = new Error( 'the worker shuts down' );
		const controller = new AbortController();
		setTimeout( () => controller.abort( reason ), 100 );
		const settings = {
			smtpServer: 'localhost',
			smtpPort: provider.port,
			userName: 'u',
			sendingDomain: 'example.com',
			note: '',
			serverHostname: null,
			rootMail: null,
			caCertificate: null,
		};
		await expect(
			preflight( remote, { settings, password: new Secret( 'x' ), signal: controller.signal } )
		).rejects.toBe( reason );
	} );

	test( 'a customer looks at public addresses only', async () => {
		const provider = await startTestSmtp( { tls } );
		providers.push( provider );
		const settings = {
			smtpServer: 'localhost',
			smtpPort: provider.port,
			userName: 'u',
			sendingDomain: 'example.com',
			note: '',
			serverHostname: null,
			rootMail: null,
			caCertificate: null,
		};
		const looking = preflight( remote, {
			settings,
			password: new Secret( 'x' ),
			signal,
			reach: { mayReachLocalAddresses: false },
		} );
		await expect( looking ).rejects.toMatchObject( { code: 'server_address_refused', detail: { kind: 'local' } } );
		expect( provider.heard ).toEqual( [] );
	} );

	test( 'looks through a program on the server where forwarding is forbidden, and sends the password only inside TLS', async () => {
		const commands: string[] = [];
		const strict = await startTestSshd( {
			forwarding: 'forbidden',
			onExec: ( channel, command ) => {
				commands.push( command );
				runForReal()( channel, command );
			},
		} );
		const other = await connect( strict.target, { signal } );
		const { result, heard } = await look( { tls }, {}, other );
		expect( result ).toEqual( { tlsVersion: 'TLSv1.3', certificateName: 'localhost' } );
		expect( heard.filter( ( line ) => line.startsWith( 'AUTH' ) ) ).toHaveLength( 1 );
		const untrusted = await look( { tls: certificates.untrusted }, {}, other );
		expect( untrusted.result ).toMatchObject( { cause: 'certificate_untrusted' } );
		expect( untrusted.heard.some( ( line ) => line.startsWith( 'AUTH' ) ) ).toBe( false );
		expect( commands.join( '\n' ) ).not.toContain( password );
		other.close();
		await strict.stop();
	} );

	test( 'says what it could not look at where no program can do it either', async () => {
		const strict = await startTestSshd( {
			forwarding: 'forbidden',
			onExec: ( channel, command ) => runForReal()( channel, command.replace( 'command -v bash', 'false' ) ),
		} );
		const other = await connect( strict.target, { signal } );
		const { result } = await look( { tls }, {}, other );
		expect( result ).toEqual( { tlsVersion: '', certificateName: null, skipped: 'forwarding_forbidden' } );
		other.close();
		await strict.stop();
	} );
} );
