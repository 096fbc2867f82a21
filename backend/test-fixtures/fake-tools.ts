import { Duplex } from 'node:stream';
import type { Tools } from '../src/jobs/tools.ts';
import { GatewayError } from '../src/errors.ts';
import { judgeSender } from '../src/gateway/sender-check.ts';
import type { Facts } from '../src/gateway/facts.ts';
import { makeManagedKey } from '../src/ssh/key-pair.ts';
import { refuseUnreadable } from '../src/ssh/private-key.ts';
import type { Remote } from '../src/ssh/remote.ts';
import type { SshTarget } from '../src/ssh/target.ts';
import { Secret } from '../src/vault/secret.ts';

export const fakeFingerprint = `SHA256:${ 'A'.repeat( 43 ) }`;

/** A Debian 12 as its image comes: no mail system. */
export const bareFacts: Facts = {
	system: { id: 'debian', versionId: '12', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
	systemd: true,
	hostname: 'server',
	fqdn: 'server.example.com',
	etckeeper: false,
	panels: [],
	packages: {},
	candidate: '3.7.11-0+deb12u1',
	postfixVersion: null,
	missingFiles: [],
	lostRights: [],
	rootStore: true,
	machine: 'a'.repeat( 64 ),
	sendmail: 'none',
	postfix: { running: false, enabled: false, parameters: [], services: [], masked: [], mainIsLink: false },
	listens: [],
	port25: [],
	others: [],
	phpAround: [],
	waitingMailKept: false,
	capsKept: false,
	doorsKept: false,
	refusedDoors: [],
	signedInAs: 0,
	over: [],
	clockAheadS: 0,
	queue: 0,
	stuck: 0,
	kept: 0,
	oldestS: null,
	deferrals: [],
	oldQueue: 0,
	room: [],
	sites: [],
	sitesLeftOut: false,
	sideDoors: [],
	generation: 0,
	files: [],
	digestKey: new Secret( 'key' ),
	rootAlias: '',
	oldCredentials: [],
	marker: null,
	unfinished: null,
	leftovers: false,
	lastJob: null,
};

/** Servers that answer at once: the only fake in the backend's tests. Override what a test is about. */
export function makeFakeTools(
	overrides: Partial< Tools > = {},
	{ fingerprint = fakeFingerprint }: { fingerprint?: string } = {}
) {
	const targets: SshTarget[] = [];
	const remote: Remote = {
		asRoot: () => 'root',
		fingerprint,
		run: async () => ( { exitCode: 0, stdout: '', stderr: '' } ),
		forward: async () => new Duplex(),
		close() {},
	};
	const tools: Tools = {
		makeManagedKey,
		refuseUnreadable,
		async connect( target ) {
			targets.push( target );
			if ( target.pinnedFingerprint === null ) {
				throw new GatewayError( 'host_key_unknown', { fingerprint, algorithm: 'ssh-ed25519' } );
			}
			if ( target.pinnedFingerprint !== fingerprint ) {
				throw new GatewayError( 'host_key_changed', {
					fingerprint: target.pinnedFingerprint,
					seenFingerprint: fingerprint,
					algorithm: 'ssh-ed25519',
				} );
			}
			return remote;
		},
		look: async () => bareFacts,
		readLog: async () => null,
		tidy: async () => {},
		preflight: async () => ( { tlsVersion: 'TLSv1.3', certificateName: 'smtp.example.com' } ),
		checkProvider: async ( _remote, { settings: { smtpPort: port } } ) => ( {
			port,
			ports: [ { port, state: 'open', ipv4: 'open', ipv6: null, speaks: 'starttls' } ],
			tls: null,
			login: 'accepted',
			problem: null,
			skipped: null,
			openPorts: [],
			sender: null,
		} ),
		findSettings: async () => null,
		askMailServers: () => Promise.resolve( new Map() ),
		checkSender: async ( { question: { sendingDomain } } ) =>
			judgeSender( { smtpServer: '', userName: '', sendingDomain }, new Map() ),
		apply: async () => ( { savedQueue: null } ),
		remove: async () => ( { restored: null, savedQueue: null } ),
		flush: async () => ( { delivered: 0, waiting: 0, older: 0 } ),
		deliverFormerMail: async () => ( { handed: 0, notices: 0, refused: 0, said: '' } ),
		readQueue: async () => ( { total: 0, messages: [] } ),
		changeQueue: async () => ( { changed: 0, gone: 0 } ),
		readSiteQueue: async () => [],
		readSandboxQueue: async () => [],
		resumeCap: async () => {},
		prove: async () => {
			throw new GatewayError( 'test_not_submitted' );
		},
		...overrides,
	};
	return { tools, targets, remote };
}
