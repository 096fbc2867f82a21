import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serverOf } from '../../backend/src/ssh/test-servers.ts';
import { pairDirectly } from '../bench/direct.ts';
import { ended, succeeded } from '../bench/jobs.ts';
import { labNetwork, labPort } from '../network/addresses.ts';
import { startProvider } from '../provider/start.ts';
import { checkoutPath, labPath } from '../system/paths.ts';
import { waitUntil } from '../wait.ts';
import type { Ask } from '../wordpress/rest.ts';
import { backendRelease } from './backend-release.ts';

// The release under its systemd unit, as docs/operating.md tells, on a real Debian.
const server = serverOf( 'debian13' );
const port = labPort( labPath, 'release' );
const url = `http://127.0.0.1:${ port }`;
const ssh = [
	...[ '-i', server.keyFile, '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null' ],
	...[ '-o', 'LogLevel=ERROR', '-p', `${ server.sshPort }`, `${ server.sshUser }@${ server.host }` ],
];
const on = ( command: string, input?: Buffer | string ) =>
	execFileSync( 'ssh', [ ...ssh, command ], { encoding: 'utf8', input, timeout: 120_000 } );
const pack = ( folder: string, ...names: string[] ) =>
	execFileSync( 'tar', [ '-C', folder, '-chf', '-', ...names ], { maxBuffer: 1024 * 1024 * 1024 } );

let tunnel: ChildProcess;
beforeAll( async () => {
	const release = join( labPath, 'release/unit' );
	await backendRelease( release, { signal: AbortSignal.timeout( 300_000 ) } );
	on(
		'rm -rf /opt/email-gateway && mkdir -p /opt/email-gateway && tar -xf - -C /opt/email-gateway',
		pack( release, '.' )
	);
	on( 'tar -xf - -C /usr/bin', pack( join( checkoutPath, 'node_modules/node/bin' ), 'node' ) );
	on( `umask 077 && cat > /etc/email-gateway.key`, `${ randomBytes( 32 ).toString( 'base64' ) }\n` );
	on( `umask 077 && cat > /etc/email-gateway.env`, `PORT=${ port }\n` );
	on( 'cp /opt/email-gateway/email-gateway-backend.service /etc/systemd/system/ && systemctl daemon-reload' );
	on( 'systemctl restart email-gateway-backend' );
	tunnel = spawn( 'ssh', [ '-N', '-L', `${ port }:127.0.0.1:${ port }`, ...ssh ], { stdio: 'ignore' } );
	const isReady = () =>
		fetch( `${ url }/ready` ).then(
			( { ok } ) => ok,
			() => false
		);
	await waitUntil( 'The backend under its unit', isReady, { timeoutMs: 120_000 } ).catch( ( error: Error ) => {
		throw new Error( `${ error.message }\n${ on( 'journalctl -u email-gateway-backend -n 30 --no-pager' ) }` );
	} );
}, 600_000 );

afterAll( () => {
	tunnel?.kill();
	// the server is as it was for the next file
	const parts = [
		...[ '/opt/email-gateway', '/etc/email-gateway.key', '/etc/email-gateway.env', '/usr/bin/node' ],
		...[ '/etc/systemd/system/email-gateway-backend.service', '/var/lib/private/email-gateway-backend' ],
		'/var/lib/email-gateway-backend',
	];
	on( `systemctl stop email-gateway-backend; rm -rf ${ parts.join( ' ' ) }; systemctl daemon-reload` );
	on( `sed -i '/^restrict,port-forwarding /d' ~/.ssh/authorized_keys` );
} );

test( 'the unit leaves little that could be attacked', () => {
	const told = on( 'systemd-analyze security --no-pager email-gateway-backend' );
	const [ , score ] = /exposure level for email-gateway-backend\.service: ([\d.]+)/.exec( told ) ?? [];
	expect( Number( score ) ).toBeLessThanOrEqual( 3 );
	expect( Number( score ) ).toBeGreaterThan( 0 );
} );

test( 'neither its environment nor another user holds the master key, and its data is its own', () => {
	const pid = on( 'systemctl show -P MainPID email-gateway-backend' ).trim();
	const key = on( 'cat /etc/email-gateway.key' ).trim();
	expect( on( `tr '\\0' '\\n' < /proc/${ pid }/environ` ) ).not.toContain( key );
	expect( on( `stat -c %U /proc/${ pid }` ).trim() ).not.toBe( 'root' );
	expect( on( `grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/${ pid }/status | tr -d '\\t'` ) ).toMatch(
		/CapEff:0000000000000000\nNoNewPrivs:1\nSeccomp:2/
	);
	expect( on( 'stat -c %a /var/lib/private/email-gateway-backend' ).trim() ).toBe( '700' );
} );

const ids = { serverId: 1 };
let ask: Ask;

test( 'a site pairs, and a job signs in to a server with the key that the printed line lets in', async () => {
	const code = on(
		'EMAIL_GATEWAY_DATA_DIR=/var/lib/email-gateway-backend node /opt/email-gateway/src/pair.ts 2>/dev/null'
	).trim();
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
