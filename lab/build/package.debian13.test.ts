import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serverOf } from '../../backend/src/ssh/test-servers.ts';
import { pairDirectly } from '../bench/direct.ts';
import { ended, succeeded } from '../bench/jobs.ts';
import { labNetwork, labPort } from '../network/addresses.ts';
import { startProvider } from '../provider/start.ts';
import { labPath } from '../system/paths.ts';
import { waitUntil } from '../wait.ts';
import type { Ask } from '../wordpress/rest.ts';
import { builtPackage } from './built-package.ts';

// The Debian package, installed by apt on a machine that has no PostgreSQL: what it makes, and the service at work.
const server = serverOf( 'debian13' );
const port = labPort( labPath, 'release' );
const url = `http://127.0.0.1:${ port }`;
const ssh = [
	...[ '-i', server.keyFile, '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null' ],
	...[ '-o', 'LogLevel=ERROR', '-p', `${ server.sshPort }`, `${ server.sshUser }@${ server.host }` ],
];
const on = ( command: string, input?: Buffer | string ) =>
	execFileSync( 'ssh', [ ...ssh, command ], { encoding: 'utf8', input, timeout: 120_000 } );
const isReady = () =>
	fetch( `${ url }/ready` ).then(
		( { ok } ) => ok,
		() => false
	);

let password = '';
let tunnel: ChildProcess;
let said = '';
beforeAll( async () => {
	const { deb } = await builtPackage( { signal: AbortSignal.timeout( 500_000 ) } );
	const file = `/root/${ basename( deb ) }`;
	on( `cat > ${ file }`, readFileSync( deb ) );
	said = on( `DEBIAN_FRONTEND=noninteractive apt-get -q -y install ${ file } 2>&1` );
	on( `echo PORT=${ port } >> /etc/email-gateway/backend.env && systemctl restart email-gateway-backend` );
	tunnel = spawn( 'ssh', [ '-N', '-L', `${ port }:127.0.0.1:${ port }`, ...ssh ], { stdio: 'ignore' } );
	await waitUntil( 'The backend under its unit', isReady, { timeoutMs: 120_000 } ).catch( ( error: Error ) => {
		throw new Error( `${ error.message }\n${ on( 'journalctl -u email-gateway-backend -n 30 --no-pager' ) }` );
	} );
}, 600_000 );

afterAll( () => {
	tunnel?.kill();
	// the server is as it was for the next file
	on( 'dpkg --purge email-gateway-backend; rm -rf /var/lib/email-gateway-backend /etc/email-gateway /root/*.deb' );
	on( `sed -i '/^restrict,port-forwarding /d' ~/.ssh/authorized_keys` );
} );

test( 'one apt command installs it, and tells where its data is and how a site is paired', () => {
	expect( said ).toContain( 'there is no PostgreSQL on this machine, so its data goes into the embedded database' );
	expect( said ).toContain( 'email-gateway pair prints the line that pairs a WordPress' );
	expect( on( 'email-gateway version' ) ).toMatch( /^email-gateway \d+\.\d+\.\d+ \(Node v24\./ );
	expect( on( 'systemctl is-enabled email-gateway-backend' ).trim() ).toBe( 'enabled' );
	expect( on( 'dpkg --verify email-gateway-backend' ) ).toBe( '' );
} );

test( 'the unit leaves little that could be attacked', () => {
	const told = on( 'systemd-analyze security --no-pager email-gateway-backend' );
	const [ , score ] = /exposure level for email-gateway-backend\.service: ([\d.]+)/.exec( told ) ?? [];
	expect( Number( score ) ).toBeLessThanOrEqual( 2 );
	expect( Number( score ) ).toBeGreaterThan( 0 );
} );

test( 'neither its environment nor another user holds the master key, and its data is its own', () => {
	const pid = on( 'systemctl show -P MainPID email-gateway-backend' ).trim();
	const key = on( 'cat /etc/email-gateway/master.key' ).trim();
	expect( on( `tr '\\0' '\\n' < /proc/${ pid }/environ` ) ).not.toContain( key );
	expect( on( `stat -c %U /proc/${ pid }` ).trim() ).not.toBe( 'root' );
	expect( on( `grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/${ pid }/status | tr -d '\\t'` ) ).toMatch(
		/CapEff:0000000000000000\nNoNewPrivs:1\nSeccomp:2/
	);
	expect( on( 'stat -c "%a %U" /var/lib/email-gateway-backend' ).trim() ).toBe( '700 email-gateway' );
	expect( on( 'stat -c "%a %U" /etc/email-gateway/master.key /etc/email-gateway/backend.env' ) ).toBe(
		'600 root\n600 root\n'
	);
} );

const ids = { serverId: 1 };
let ask: Ask;

test( 'a site pairs, and a job signs in to a server with the key that the printed line lets in', async () => {
	const line = on( 'email-gateway pair 2>/dev/null' ).trim();
	const [ address, code = '' ] = line.split( ' ' );
	expect( address ).toBe( url );
	ask = await pairDirectly( { url, pairingCode: async () => code } as Parameters< typeof pairDirectly >[ 0 ] );
	const { installLine } = await ask( 'makeServerKey', {}, ids );
	on( installLine );
	const connection = { host: server.host, sshPort: 22, sshUser: 'root', signIn: { kind: 'managed_key' } } as const;
	const first = await ask( 'saveConnection', { connection }, ids );
	await ended( ask, { ...ids, ...first }, { everyMs: 250 } );
	const { connection: seen } = await ask( 'readServer', {}, ids );
	const trusting = await ask( 'trustHostKey', { fingerprint: seen?.hostKey?.fingerprint ?? '' }, ids );
	const { result } = await succeeded( ask, { ...ids, ...trusting }, { everyMs: 250 } );
	expect( result ).toMatchObject( { system: expect.stringContaining( 'Debian GNU/Linux 13' ), asRoot: 'root' } );
	expect( on( 'cat ~/.ssh/authorized_keys' ) ).toContain( 'restrict,port-forwarding ssh-ed25519 ' );
} );

test( 'a gateway is installed through it, and proved by a test email that the provider accepts', async () => {
	const provider = await startProvider( labNetwork( labPath ) );
	password = provider.password;
	const settings = {
		...{ smtpServer: provider.host, smtpPort: provider.port, userName: provider.user },
		...{ password: { use: 'typed', value: provider.password } as const, sendingDomain: 'site.example' },
		caCertificate: readFileSync( provider.caFile, 'utf8' ),
	};
	const installing = await ask( 'installGateway', { settings }, ids );
	await succeeded( ask, { ...ids, ...installing }, { everyMs: 250 } );
	expect( on( 'postconf -h relayhost' ).trim() ).toBe( `[${ provider.host }]:${ provider.port }` );
	const sending = await ask( 'sendTestEmail', { from: 'unit@site.example', to: 'unit@recipient.example' }, ids );
	const { result } = await succeeded( ask, { ...ids, ...sending }, { everyMs: 250 } );
	expect( result ).toMatchObject( { test: { outcome: 'accepted' } } );
	const removing = await ask( 'removeGateway', { waitingMail: 'refuse' }, ids );
	await succeeded( ask, { ...ids, ...removing }, { everyMs: 250 } );
}, 300_000 );

test( 'the same package again keeps key, settings and pairing; removed and purged it leaves data and key, and says so', async () => {
	const before = on( 'cat /etc/email-gateway/master.key /etc/email-gateway/backend.env' );
	on( 'apt-get -q -y reinstall /root/email-gateway-backend_*.deb' );
	expect( on( 'cat /etc/email-gateway/master.key /etc/email-gateway/backend.env' ) ).toBe( before );
	await waitUntil( 'The backend after it', isReady, { timeoutMs: 60_000 } );
	expect( await ask( 'readSite', {} ) ).toMatchObject( { version: expect.any( String ) } );

	on( 'apt-get -q -y remove email-gateway-backend' );
	expect( on( 'systemctl is-active email-gateway-backend || true' ).trim() ).toBe( 'inactive' );
	expect( on( 'ls /etc/email-gateway /var/lib/email-gateway-backend' ) ).toMatch(
		/backend\.env[\s\S]*master\.key[\s\S]*database/
	);
	const purged = on( 'apt-get -q -y purge email-gateway-backend 2>&1' );
	expect( purged ).toContain( 'the data and the key that opens it stay. To delete both for good' );
	expect( on( 'ls /etc/email-gateway /var/lib/email-gateway-backend' ) ).toMatch( /master\.key[\s\S]*database/ );
	expect( on( 'ls /etc/email-gateway' ) ).not.toContain( 'backend.env' );
}, 300_000 );

test( 'no journal of either machine holds the key or a password', () => {
	const journal = on( 'journalctl --no-pager -o cat' );
	expect( journal ).not.toContain( on( 'cat /etc/email-gateway/master.key' ).trim() );
	expect( journal ).not.toContain( password );
	expect( password ).not.toBe( '' );
} );
