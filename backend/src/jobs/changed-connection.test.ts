import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { RequestOf } from '@email-gateway/shared';
import { bareFacts, fakeFingerprint, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { GatewayError } from '../errors.ts';
import type { SshTarget } from '../ssh/target.ts';

jest.setTimeout( 120_000 );

// A job that changes server A loses its connection, an administrator points the server elsewhere meanwhile, and the
// job connects again: what was typed for the new place must not go to A, whoever answers there.

const { tools, remote } = makeFakeTools();
const targets: { host: string; user: string; secrets: string[] }[] = [];
const secretsIn = ( { signIn, sudoPassword }: SshTarget ) =>
	[ signIn.kind === 'password' ? signIn.password : signIn.privateKey, sudoPassword ].flatMap( ( secret ) =>
		secret ? [ secret.reveal() ] : []
	);
let whileApplying: () => Promise< void > = async () => {};
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( {
		tools: {
			...tools,
			async connect( target, options ) {
				targets.push( { host: target.host, user: target.user, secrets: secretsIn( target ) } );
				return target.pinnedFingerprint === fakeFingerprint ? remote : tools.connect( target, options );
			},
			look: async () => bareFacts,
			async apply() {
				await whileApplying();
				throw new GatewayError( 'connection_lost' );
			},
		},
	} );
	site = await backend.site();
} );
afterAll( () => backend.stop() );

type Connection = RequestOf< 'saveConnection' >[ 'connection' ];
const a = {
	host: '203.0.113.7',
	sshPort: 22,
	sshUser: 'root',
	signIn: { kind: 'password', password: { use: 'typed', value: 'PASSWORD-OF-A' } },
	sudoPassword: { use: 'typed', value: 'SUDO-OF-A' },
} as const satisfies Connection;
const ofB = {
	signIn: { kind: 'password', password: { use: 'typed', value: 'PASSWORD-OF-B' } },
	sudoPassword: { use: 'typed', value: 'SUDO-OF-B' },
} as const;

test.each( [
	[ 1, 'another host', { host: '198.51.100.8', ...ofB } ],
	[ 2, 'another port', { sshPort: 2222, ...ofB } ],
	[ 3, 'another user', { sshUser: 'deploy', ...ofB } ],
] )( 'a job under way on server %i is not given what was typed for %s', async ( serverId, _what, change ) => {
	await connectServer( site, serverId, { at: a } );
	whileApplying = async () => {
		await site.call( 'saveConnection', { serverId, body: { connection: { ...a, ...change } } } );
	};
	targets.length = 0;
	const { body } = await site.call( 'installGateway', { serverId, body: { settings } } );
	const { job } = await site.untilEnded( serverId, body.jobId );
	expect( job ).toMatchObject( { state: 'failed', error: { code: 'connection_changed', changed: 'unknown' } } );
	const toA = targets.filter( ( { host, user } ) => host === a.host && user === a.sshUser );
	expect( toA.length ).toBeGreaterThan( 0 );
	const fromB = ( { secrets }: ( typeof targets )[ number ] ) =>
		secrets.some( ( secret ) => secret.endsWith( '-OF-B' ) );
	// where only the port is another one, the check of the new connection goes to the same host
	expect( toA.filter( fromB ).length ).toBe( 'sshPort' in change ? 1 : 0 );
} );

test( 'a key that is trusted anew is another place: the job ends', async () => {
	await connectServer( site, 4, { at: a } );
	whileApplying = async () => {
		await site.call( 'saveConnection', {
			serverId: 4,
			body: { connection: { ...a, ...ofB, host: '198.51.100.8' } },
		} );
		await site.call( 'saveConnection', { serverId: 4, body: { connection: { ...a, ...ofB } } } );
	};
	targets.length = 0;
	const { body } = await site.call( 'installGateway', { serverId: 4, body: { settings } } );
	const { job } = await site.untilEnded( 4, body.jobId );
	expect( job.error ).toMatchObject( { code: 'connection_changed' } );
} );
