import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { generateKeyPairSync } from 'node:crypto';
import { fakeFingerprint, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { claimDue, dropLent, watchInstalled } from '../db/watches.ts';
import { lookForPulse } from '../jobs/pulse.ts';

const fake = makeFakeTools();
const serverId = 61;
const connection = {
	from: 'wpclouddeploy' as const,
	host: '203.0.113.61',
	sshPort: 22,
	sshUser: 'root',
	privateKey: generateKeyPairSync( 'ed25519' ).privateKey.export( { type: 'pkcs8', format: 'pem' } ).toString(),
	passphrase: null,
};
const places = { free: 8, mostOfSite: 8, held: [] };
let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( { tools: fake.tools } );
	site = await backend.site();
	const check = await site.call( 'checkConnection', { serverId, connection } );
	await site.untilEnded( serverId, check.body.jobId );
	const body = { fingerprint: fakeFingerprint };
	const trust = await site.call( 'trustHostKey', { serverId, connection, body } );
	await site.untilEnded( serverId, trust.body.jobId );
}, 120_000 );
afterAll( () => backend.stop() );
beforeEach( async () => {
	await sql`update servers set installed_version = 1`.execute( backend.app.db );
	await backend.app.db.deleteFrom( 'watches' ).execute();
	await backend.app.db.deleteFrom( 'secrets' ).where( 'field', '=', 'lent_connection' ).execute();
	await watchInstalled( backend.app.db );
} );

const lend = async ( lent = connection ) =>
	( await site.call( 'lendConnection', { serverId, connection: lent } ) ).body;
const sealed = async () =>
	( await backend.app.db.selectFrom( 'secrets' ).select( 'field' ).execute() ).map( ( { field } ) => field );
const due = async () => ( await claimDue( backend.app.db, places ) ).length;

describe( 'a connection that another plugin keeps', () => {
	test( 'is waited for, and used for looks while it is lent', async () => {
		expect( await due() ).toBe( 0 );
		expect( Date.parse( String( ( await lend() ).until ) ) ).toBeGreaterThan( Date.now() );

		const [ watch ] = await claimDue( backend.app.db, places );
		const before = fake.targets.length;
		await lookForPulse( backend.app, watch!, new AbortController().signal );
		expect( fake.targets.slice( before ) ).toMatchObject( [ { host: connection.host, signIn: { kind: 'key' } } ] );
		const row = await backend.app.db.selectFrom( 'watches' ).selectAll().executeTakeFirstOrThrow();
		expect( [ row.state, row.lookedAt ] ).toEqual( [
			expect.not.stringMatching( 'unreachable' ),
			expect.any( Date ),
		] );
	} );

	test( 'is deleted, and no longer used, once its time is over', async () => {
		await lend();
		await dropLent( backend.app.db );
		expect( await sealed() ).toContain( 'lent_connection' );
		await sql`update watches set lent_until = now() - interval '1 second'`.execute( backend.app.db );
		expect( await due() ).toBe( 0 );
		await dropLent( backend.app.db );
		expect( await sealed() ).not.toContain( 'lent_connection' );
	} );

	test( 'is not kept where it leads elsewhere, or where there is no gateway', async () => {
		expect( await lend( { ...connection, host: '203.0.113.99' } ) ).toEqual( { until: null } );
		await sql`update servers set installed_version = null`.execute( backend.app.db );
		expect( await lend() ).toEqual( { until: null } );
		expect( await sealed() ).not.toContain( 'lent_connection' );
	} );

	test( 'is used no more once the server has another address', async () => {
		await lend();
		const moved = { ...connection, host: '203.0.113.99' };
		const { body } = await site.call( 'checkConnection', { serverId, connection: moved } );
		await site.untilEnded( serverId, body.jobId );
		await sql`update servers set host_key = jsonb_set(host_key, '{state}', '"trusted"')`.execute( backend.app.db );
		expect( await due() ).toBe( 0 );
	} );
} );
