// docs/production.md on a fresh machine: its commands, from the page, to a test email that the provider accepts; a reboot after.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { endpoints } from '../../shared/src/index.ts';
import { testServers } from '../../backend/src/ssh/test-servers.ts';
import { base64Forms } from '../base64-forms.ts';
import { succeeded } from '../bench/jobs.ts';
import { labNetwork, labPort } from '../network/addresses.ts';
import { startProvider } from '../provider/start.ts';
import { rebootServer } from '../servers/reboot.ts';
import { shellOn } from '../servers/ssh.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import { waitUntil } from '../wait.ts';
import { connectServer } from '../wordpress/connect-server.ts';
import { ensureWordPressFiles } from '../wordpress/files.ts';
import { installWordPress } from '../wordpress/install.ts';
import type { Ask } from '../wordpress/rest.ts';
import { ensureServerPost } from '../wordpress/server-post.ts';
import { ensureSite } from '../wordpress/site.ts';
import { systemPhp } from '../wordpress/system-php.ts';
import { wpCli, type WpCli } from '../wordpress/wp-cli.ts';
import { builtPackage } from './built-package.ts';
import { ensurePluginAssets } from './plugin-assets.ts';
import { pluginZip } from './plugin-zip.ts';

const server = testServers()[ 0 ]!;
const port = labPort( labPath, 'production' );
const address = `https://127.0.0.1:${ port }`;
const signal = AbortSignal.timeout( 900_000 );
const on = ( script: string ) => shellOn( server, script, { signal } );
const page = readFileSync( join( checkoutPath, 'docs/production.md' ), 'utf8' );
/** Each part of the page that is to be typed, for an address and a certificate of our own. */
const [ install = '', proxy = '', pairing = '' ] = [ ...page.matchAll( /^```sh\n([\s\S]*?)\n```$/gm ) ].map(
	( [ , part = '' ] ) =>
		part
			.replace( 'gateway.example.com {', `${ address } {\n\ttls /etc/ssl/own.pem /etc/ssl/own.key` )
			.replace( 'https://gateway.example.com', address )
);

let folder = '';
let wp: WpCli;
let ask: Ask;
let tunnel: ChildProcess;
let serverId = 0;
let password = '';
let code = '';
/** When the first command of the page was typed. */
let started = 0;
const times: string[] = [];
const took = ( what: string ) => times.push( `${ what } ${ Math.round( ( Date.now() - started ) / 1000 ) } s` );

beforeAll( async () => {
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-production-' ) );
	const { deb } = await builtPackage( { signal } );
	const own = [ '-keyout', join( folder, 'own.key' ), '-out', join( folder, 'own.pem' ), '-days', '2' ];
	const subject = [ '-subj', '/CN=own authority', '-addext', 'subjectAltName=IP:127.0.0.1' ];
	execFileSync( 'openssl', [ 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...own, ...subject ], {
		stdio: 'ignore',
	} );
	const ssh = sshArguments();
	const copy = ( path: string, bytes: Buffer ) =>
		execFileSync( 'ssh', [ ...ssh, `cat > ${ path }` ], { input: bytes } );
	copy( `/root/${ basename( deb ) }`, readFileSync( deb ) );
	copy( '/etc/ssl/own.pem', readFileSync( join( folder, 'own.pem' ) ) );
	copy( '/etc/ssl/own.key', readFileSync( join( folder, 'own.key' ) ) );
	await on(
		'cp /etc/ssl/own.pem /usr/local/share/ca-certificates/own.crt && update-ca-certificates >/dev/null 2>&1'
	);
	openTunnel();
	wp = await freshWordPress();
}, 900_000 );

afterAll( async () => {
	tunnel?.kill();
	rmSync( folder, { recursive: true, force: true } );
	const made =
		'/etc/ssl/own.* /usr/local/share/ca-certificates/own.crt /var/lib/email-gateway-backend /etc/email-gateway';
	await on( `export DEBIAN_FRONTEND=noninteractive
		apt-get -q -y purge email-gateway-backend caddy 'postgresql*' >/dev/null 2>&1; apt-get -q -y autoremove --purge >/dev/null 2>&1
		rm -rf ${ made } /root/*.deb; update-ca-certificates --fresh >/dev/null 2>&1; sed -i '/^restrict,port-forwarding /d' ~/.ssh/authorized_keys` );
}, 300_000 );

const sshArguments = () => [
	...[ '-F/dev/null', '-i', server.keyFile, '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null' ],
	...[
		'-o',
		'LogLevel=ERROR',
		'-o',
		'BatchMode=yes',
		'-p',
		`${ server.sshPort }`,
		`${ server.sshUser }@${ server.host }`,
	],
];

/** WordPress here reaches the machine's Caddy at the address that the backend has there. */
function openTunnel(): void {
	tunnel = spawn( 'ssh', [ '-N', '-L', `${ port }:127.0.0.1:${ port }`, ...sshArguments() ], { stdio: 'ignore' } );
}

/** A WordPress of its own with the plugin from its zip, and the one line that makes it trust our authority. */
async function freshWordPress(): Promise< WpCli > {
	await ensurePluginAssets( { log: () => {}, signal } );
	const zipFile = join( folder, 'email-gateway.zip' );
	writeFileSync( zipFile, await pluginZip( join( checkoutPath, 'plugin' ) ) );
	const unpack =
		'$zip = new ZipArchive(); $zip->open( $argv[1] ) === true && $zip->extractTo( $argv[2] ) || exit( 1 );';
	execFileSync( 'php', [ '-r', unpack, zipFile, folder ] );
	const files = await ensureWordPressFiles( () => {} );
	const siteDir = join( folder, 'wordpress' );
	await ensureSite( {
		...{ files, siteDir, pluginDir: join( folder, 'email-gateway' ), url: 'http://127.0.0.1' },
		...{ database: { kind: 'sqlite', dir: join( folder, 'sqlite' ) }, debugLog: join( folder, 'wordpress.log' ) },
	} );
	const site = wpCli( { phar: files.wpCli, php: systemPhp( siteDir ), signal } );
	const users = {
		adminUser: 'admin',
		adminPassword: 'admin',
		customerUser: 'customer',
		customerPassword: 'customer',
	};
	await installWordPress( site, { url: 'http://127.0.0.1', users, setupDir: folder } );
	return site;
}

/** Asks the plugin's own routes as the administrator does, inside WordPress. */
const askIn =
	( site: WpCli ): Ask =>
	async ( name, request, ids = {} ) => {
		const { method, path } = endpoints[ name ];
		const filled = path.replace( ':serverId', `${ ids.serverId }` ).replace( ':jobId', ids.jobId ?? '' );
		const sent = Buffer.from(
			JSON.stringify( { method, path: `/email-gateway/v1${ filled }`, request } )
		).toString( 'base64' );
		const code = `
		wp_set_current_user( 1 );
		$sent = json_decode( base64_decode( '${ sent }' ) );
		$request = new WP_REST_Request( $sent->method, $sent->path );
		if ( 'GET' === $sent->method ) {
			$request->set_query_params( (array) $sent->request );
		} else {
			$request->set_header( 'content-type', 'application/json' );
			$request->set_body( json_encode( $sent->request ) );
		}
		$answer = rest_do_request( $request );
		echo json_encode( array( $answer->get_status(), $answer->get_data() ) );`;
		const [ status, data ] = JSON.parse( await site( [ 'eval', code ] ) );
		if ( status >= 400 ) {
			throw new Error( `${ name } was answered with ${ status }: ${ JSON.stringify( data ) }` );
		}
		return data;
	};

const proved = async () => {
	const sending = await ask( 'sendTestEmail', { from: 'it@site.example', to: 'it@recipient.example' }, { serverId } );
	const { result } = await succeeded( ask, { serverId, ...sending }, { everyMs: 500 } );
	expect( result ).toMatchObject( { test: { outcome: 'accepted' } } );
};

test( 'the page leads to a backend that doctor finds nothing wrong with, over PostgreSQL without a password', async () => {
	started = Date.now();
	const said = await on( `cd /root; export DEBIAN_FRONTEND=noninteractive; { ${ install }\n } 2>&1` );
	expect( said ).toContain( 'its data goes into PostgreSQL on this machine' );
	expect( await on( 'cat /etc/email-gateway/backend.env' ) ).toMatch(
		/^DATABASE_URL=postgres:\/\/email-gateway@localhost\//m
	);
	took( 'installed' );
	await on( `export DEBIAN_FRONTEND=noninteractive; { ${ proxy }\n } >&2` );
	const findings = await on(
		'for i in $(seq 30); do email-gateway doctor >said 2>&1 && break; sleep 1; done; cat said'
	);
	took( 'behind Caddy' );
	expect( findings ).not.toMatch( /PROBLEM/ );
	expect( findings ).toContain( `${ address } leads to this process` );
}, 600_000 );

test( 'the line that it prints pairs a fresh WordPress over https, which installs a gateway and proves it', async () => {
	const printed = await on( `{ ${ pairing }\n } 2>/dev/null` );
	let backend = '';
	[ backend = '', code = '' ] = ( printed.trim().split( '\n' ).at( -1 ) ?? '' ).split( ' ' );
	expect( backend ).toBe( address );
	const untrusted = await wp.attempt( [ 'email-gateway', 'pair', `--backend=${ backend }`, `--code=${ code }` ] );
	expect( untrusted.code ).not.toBe( 0 );
	const config = join( folder, 'wordpress/wp-config.php' );
	const trust = `<?php\ndefine( 'EMAIL_GATEWAY_CA_FILE', '${ join( folder, 'own.pem' ) }' );`;
	writeFileSync(
		config,
		readFileSync( config, 'utf8' ).replace( '<?php', () => trust )
	);
	await wp( [ 'email-gateway', 'pair', `--line=${ backend } ${ code }` ] );
	took( 'paired' );
	ask = askIn( wp );
	serverId = await ensureServerPost( wp, { knownId: undefined, title: 'Itself', author: 'admin' } );
	await connectServer( ask, serverId, { ...server, shell: on } );
	const provider = await startProvider( labNetwork( labPath ) );
	password = provider.password;
	const settings = {
		...{ smtpServer: provider.host, smtpPort: provider.port, userName: provider.user },
		...{ password: { use: 'typed', value: password } as const, sendingDomain: 'site.example' },
		caCertificate: readFileSync( provider.caFile, 'utf8' ),
	};
	const installing = await ask( 'installGateway', { settings }, { serverId } );
	await succeeded( ask, { serverId, ...installing }, { everyMs: 500 } );
	await proved();
	took( 'proved' );
}, 300_000 );

test( 'after a reboot everything works as before', async () => {
	tunnel.kill();
	await rebootServer( server.name, { signal } );
	openTunnel();
	const isBack = async () =>
		(
			await wp.attempt( [
				'eval',
				`exit( wp_remote_retrieve_response_code( wp_remote_get( '${ address }/ready', array( 'sslcertificates' => EMAIL_GATEWAY_CA_FILE ) ) ) === 200 ? 0 : 1 );`,
			] )
		).code === 0;
	await waitUntil( 'The backend after a reboot', isBack, { timeoutMs: 120_000, everyMs: 1000 } );
	await proved();
	took( 'proved after a reboot' );
	const removing = await ask( 'removeGateway', { waitingMail: 'refuse' }, { serverId } );
	await succeeded( ask, { serverId, ...removing }, { everyMs: 500 } );
	process.stdout.write( `${ server.kind }: ${ times.join( ', ' ) }\n` );
}, 300_000 );

test( 'no journal and no log of either machine holds the key, a password or a code, in base64 neither', async () => {
	const key = ( await on( 'cat /etc/email-gateway/master.key' ) ).trim();
	const logs = await on( 'journalctl --no-pager -o cat; find /var/log -type f ! -path "*/journal/*" -exec cat {} +' );
	const here = await wp.attempt( [
		'eval',
		'echo file_exists( WP_DEBUG_LOG ) ? file_get_contents( WP_DEBUG_LOG ) : "";',
	] );
	expect( logs ).toContain( 'email-gateway-backend' );
	for ( const secret of [ key, password, code ] ) {
		expect( secret ).not.toBe( '' );
		for ( const form of [ secret, ...base64Forms( secret ) ] ) {
			expect( logs.includes( form ) || here.stdout.includes( form ) ).toBe( false );
		}
	}
} );
