import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { GatewaySettings } from '@email-gateway/shared';
import { connect } from '../ssh/connect.ts';
import type { Remote } from '../ssh/remote.ts';
import { startTestSshd, type TestSshd } from '../ssh/test-sshd.ts';
import { Secret } from '../vault/secret.ts';
import { checkProvider } from './check-provider.ts';
import { makeTestCertificates } from './test-certificates.ts';
import { startTestSmtp, type Script, type TestSmtp } from './test-smtp.ts';

const signal = AbortSignal.timeout( 120_000 );
const certificates = makeTestCertificates( 'localhost' );
const tls = certificates.good;
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

const inputOf = ( change: Partial< GatewaySettings > ) => ( {
	settings: {
		smtpServer: 'localhost',
		smtpPort: 587,
		userName: 'user@example.com',
		sendingDomain: 'example.com',
		note: '',
		serverHostname: null,
		rootMail: null,
		caCertificate: certificates.ca,
		...change,
	},
	password: new Secret( 'secret' ),
	signal,
} );
const check = async ( script: Script ) => {
	const provider = await startTestSmtp( script );
	providers.push( provider );
	return { checked: await checkProvider( remote, inputOf( { smtpPort: provider.port } ) ), provider };
};

describe( 'checkProvider', () => {
	test( 'tells ports, encryption, certificate and login, and sends nothing', async () => {
		const { checked, provider } = await check( { tls } );
		expect( checked ).toMatchObject( {
			port: provider.port,
			login: 'accepted',
			problem: null,
			skipped: null,
			openPorts: [],
			tls: {
				mode: 'starttls',
				version: 'TLSv1.3',
				names: [ 'localhost' ],
				// an authority made for this test is in no system's store
				serverStoreAgrees: false,
			},
		} );
		expect( Date.parse( checked.tls?.expiresAt ?? '' ) ).toBeGreaterThan( Date.now() );
		expect( checked.ports.find( ( { port } ) => port === provider.port ) ).toEqual( {
			port: provider.port,
			state: 'open',
			ipv4: 'open',
			ipv6: null,
			speaks: 'starttls',
		} );
		expect( provider.heard.filter( ( line ) => line.startsWith( 'AUTH' ) ) ).toHaveLength( 1 );
		expect( provider.heard.some( ( line ) => /^(MAIL|RCPT|DATA)/.test( line ) ) ).toBe( false );
	} );

	test( 'shows the certificate that it refuses, and sends it no password', async () => {
		const { checked, provider } = await check( { tls: certificates.wrongName } );
		expect( checked ).toMatchObject( {
			tls: { names: [ 'other.localhost.test' ] },
			login: 'not_tried',
			problem: { code: 'provider_certificate_refused', detail: { cause: 'certificate_wrong_name' } },
		} );
		expect( provider.heard.some( ( line ) => line.startsWith( 'AUTH' ) ) ).toBe( false );
	} );

	test( 'a refused login is part of what was seen', async () => {
		const { checked } = await check( { tls, replies: { AUTH: '535 5.7.8 no' } } );
		expect( checked ).toMatchObject( {
			login: 'refused',
			problem: { code: 'provider_login_refused', detail: { reply: '535 5.7.8 no' } },
			tls: { version: 'TLSv1.3' },
		} );
	} );

	test( 'a closed port is told as closed', async () => {
		const provider = await startTestSmtp( { tls } );
		await provider.stop();
		const checked = await checkProvider( remote, inputOf( { smtpPort: provider.port } ) );
		expect( checked.ports[ 0 ] ).toMatchObject( {
			port: provider.port,
			state: 'closed',
			ipv4: 'closed',
			speaks: null,
		} );
		expect( checked ).toMatchObject( { tls: null, problem: { code: 'provider_port_closed' } } );
	} );

	test( 'a port that speaks TLS at once though its number means STARTTLS is told, without a password', async () => {
		const { checked, provider } = await check( { tls, implicit: true } );
		expect( checked ).toMatchObject( {
			tls: { mode: 'implicit', names: [ 'localhost' ] },
			login: 'not_tried',
			problem: { code: 'provider_tls_failed', detail: { cause: 'tls_mode_unexpected' } },
		} );
		expect( provider.heard.some( ( line ) => line.startsWith( 'AUTH' ) ) ).toBe( false );
	}, 120_000 );

	test( 'a port without STARTTLS is told as such', async () => {
		const { checked } = await check( {} );
		expect( checked.ports[ 0 ] ).toMatchObject( { state: 'open', speaks: 'plain' } );
		expect( checked.problem ).toMatchObject( { detail: { cause: 'starttls_not_offered' } } );
	} );

	test( 'a name that does not exist is told, not thrown', async () => {
		const checked = await checkProvider( remote, inputOf( { smtpServer: 'nowhere.invalid' } ) );
		expect( checked ).toMatchObject( { ports: [], problem: { code: 'provider_name_not_found' } } );
	} );

	test( 'a customer looks neither at inner addresses nor at other ports', async () => {
		const reach = { mayReachLocalAddresses: false };
		await expect( checkProvider( remote, { ...inputOf( {} ), reach } ) ).rejects.toMatchObject( {
			code: 'server_address_refused',
			detail: { kind: 'local' },
		} );
		const elsewhere = inputOf( { smtpServer: '203.0.113.9', smtpPort: 22 } );
		await expect( checkProvider( remote, { ...elsewhere, reach } ) ).rejects.toMatchObject( {
			code: 'server_address_refused',
			detail: { kind: 'port' },
		} );
	} );
} );
