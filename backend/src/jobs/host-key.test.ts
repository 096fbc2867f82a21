import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { connect } from '../ssh/connect.ts';
import { startTestSshd, type TestSshd } from '../ssh/test-sshd.ts';
import type { Tools } from './tools.ts';

jest.setTimeout( 120_000 );

let backend: TestBackend;
let site: SiteClient;
let sshd: TestSshd;
let serverId = 0;
let whileLooking: Tools[ 'look' ] | null = null;
let applied = 0;
const { tools } = makeFakeTools( {
	connect,
	async look( remote, options ) {
		// as a real look does: it becomes root
		await remote.run( ':', { ...options, timeoutMs: 10_000 } );
		return whileLooking ? whileLooking( remote, options ) : bareFacts;
	},
	async apply() {
		applied++;
		return { savedQueue: null };
	},
} );
beforeAll( async () => {
	backend = await startBackend( { tools } );
	site = await backend.site();
} );
afterAll( () => backend.stop() );

beforeEach( async () => {
	sshd = await startTestSshd();
	serverId++;
	whileLooking = null;
	applied = 0;
	const { host, port: sshPort } = sshd.target;
	await connectServer( site, serverId, { fingerprint: sshd.fingerprint, at: { host, sshPort } } );
} );

const run = async ( name: 'previewChanges' | 'installGateway' ) => {
	const { body } = await site.call( name, { serverId, body: { settings } } );
	return ( await site.untilEnded( serverId, body.jobId ) ).job;
};
const hostKey = async () => ( await site.call( 'readServer', { serverId } ) ).body.connection?.hostKey;

describe( 'a server that shows another host key', () => {
	test( 'after it was looked at gets nothing, and says both keys until somebody trusts the new one', async () => {
		expect( await run( 'previewChanges' ) ).toMatchObject( { state: 'succeeded' } );
		const { fingerprint: seenFingerprint } = sshd.changeHostKey();
		const { fingerprint } = sshd;
		expect( await run( 'installGateway' ) ).toMatchObject( {
			state: 'failed',
			error: { code: 'host_key_changed', detail: { fingerprint, seenFingerprint }, changed: 'nothing' },
		} );
		expect( await hostKey() ).toMatchObject( { state: 'changed', fingerprint, seenFingerprint } );
		expect( applied ).toBe( 0 );
		await sshd.stop();
	} );

	test( 'between look and apply, in the same session, gets nothing either', async () => {
		let seenFingerprint = '';
		whileLooking = async ( remote, { signal } ) => {
			seenFingerprint = sshd.changeHostKey().fingerprint;
			sshd.rekey();
			await remote.run( 'sleep 5', { signal, timeoutMs: 10_000 } );
			return bareFacts;
		};
		expect( await run( 'installGateway' ) ).toMatchObject( {
			state: 'failed',
			error: { code: 'connection_lost', changed: 'nothing' },
		} );
		expect( await run( 'installGateway' ) ).toMatchObject( {
			state: 'failed',
			error: { code: 'host_key_changed' },
		} );
		expect( await hostKey() ).toMatchObject( { state: 'changed', fingerprint: sshd.fingerprint, seenFingerprint } );
		expect( applied ).toBe( 0 );
		await sshd.stop();
	} );
} );
