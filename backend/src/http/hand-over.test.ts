import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';
import { factsAfter, freshFacts } from '../gateway/test-facts.ts';

jest.setTimeout( 240_000 );

// What is on its way, runs or was cut off while a server changes hands.

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = freshFacts;
/** A removal that has begun to give back goes on until this is fulfilled. */
const givenBack = Promise.withResolvers< void >();
const { tools } = makeFakeTools();
beforeAll( async () => {
	backend = await startBackend( {
		tools: {
			...tools,
			look: async () => facts,
			async apply( _remote, { desired, jobId } ) {
				facts = { ...factsAfter( desired ), lastJob: jobId };
				return { savedQueue: null };
			},
			async remove( _remote, _change, { onStep } ) {
				await onStep( 'restore', 'started', {}, 1 );
				await givenBack.promise;
				return { restored: null, savedQueue: null };
			},
		},
	} );
	site = await backend.site();
} );
afterAll( () => {
	givenBack.resolve();
	return backend.stop();
} );

const who = ( login: string, owner: number ) =>
	( { login, userId: owner, owner, may: [ 'run_gateway' ] } ) as { may: [ 'run_gateway' ] };
const anna = who( 'anna', 11 );
const bert = who( 'bert', 12 );
const ofAnna = { ...settings, userName: 'anna@example.com' };

async function serverOfAnna( serverId: number ): Promise< void > {
	facts = freshFacts;
	await connectServer( site, serverId, { at: { host: `203.0.113.${ serverId }` } } );
	await site.call( 'readServer', { serverId, actor: anna } );
	await install( serverId, { actor: anna, body: { settings: ofAnna } } );
}
async function install( serverId: number, asked: object ): Promise< void > {
	const { body } = await site.call( 'installGateway', { serverId, ...asked } );
	expect( ( await site.untilEnded( serverId, body.jobId ) ).job.state ).toBe( 'succeeded' );
}
const write = ( statement: string ) => sql.raw( statement ).execute( backend.app.db );

describe( 'while a server changes hands', () => {
	test( 'a request that still names the former owner takes it back from nobody', async () => {
		await serverOfAnna( 1 );
		await site.call( 'readServer', { serverId: 1, actor: bert } );
		await install( 1, { body: { settings: { ...settings, userName: 'bert@example.com' } } } );
		const saved = async () =>
			( await site.call( 'readServer', { serverId: 1, actor: bert } ) ).body.gateway.passwordSaved;
		expect( await saved() ).toBe( true );

		expect( await site.call( 'readServer', { serverId: 1, actor: anna } ) ).toMatchObject( {
			status: 403,
			body: { code: 'forbidden' },
		} );
		const late = await site.call( 'readServer', { serverId: 1, actor: { owner: 11 } } );
		expect( late.status ).toBe( 200 );
		expect( await saved() ).toBe( true );

		// nothing is on its way for so long
		await write( `update servers set handed_at = handed_at - interval '2 minutes' where server_id = 1` );
		expect( ( await site.call( 'readServer', { serverId: 1, actor: anna } ) ).status ).toBe( 200 );
		const refused = await site.call( 'readServer', { serverId: 1, actor: bert } );
		expect( refused.status ).toBe( 403 );
	} );

	test( 'the test emails of the former owner are none of the next one’s', async () => {
		await serverOfAnna( 3 );
		const body = { from: 'a@example.com', to: 'b@example.com' };
		const tested = await site.call( 'sendTestEmail', { serverId: 3, actor: anna, body } );
		await site.untilEnded( 3, tested.body.jobId );
		await write( `insert into jobs select ( jsonb_populate_record( j, jsonb_build_object( 'id', gen_random_uuid() ) ) ).*
			from jobs j, generate_series( 1, 9 ) where verb = 'send_test_email' and server_id = 3` );
		const exhausted = await site.call( 'sendTestEmail', { serverId: 3, actor: anna, body } );
		expect( exhausted.body ).toMatchObject( { code: 'test_mails_exhausted' } );
		const unsigned = { to: 'b@example.com' };
		const allowed = await site.call( 'sendTestEmail', { serverId: 3, actor: bert, body: unsigned } );
		expect( allowed.status ).toBe( 202 );
		await site.untilEnded( 3, allowed.body.jobId );
	} );

	test( 'guesses at what the former owner began, and was cut off, are answered alike', async () => {
		await serverOfAnna( 4 );
		await write( 'update servers set installed_version = null, unfinished = true where server_id = 4' );
		await write(
			`update jobs set state = 'failed', result = null where verb = 'install_gateway' and server_id = 4`
		);
		await site.call( 'readServer', { serverId: 4, actor: bert } );
		const told = async ( guess: object ) => {
			const body = { settings: { ...settings, ...guess } };
			const asked = await site.call( 'previewChanges', { serverId: 4, actor: bert, body } );
			const { jobId } = asked.body;
			await site.untilEnded( 4, jobId );
			const read = await site.call( 'readJob', { serverId: 4, jobId, actor: bert } );
			return [
				read.body.job.result,
				read.body.job.error,
				read.body.events.map( ( { at: _at, ...rest } ) => rest ),
			];
		};
		expect( await told( ofAnna ) ).toEqual( await told( { smtpServer: 'smtp.other.example' } ) );
	} );

	test( 'a removal of the former owner goes on, and the next one has another that they can read', async () => {
		await serverOfAnna( 5 );
		const removal = await site.call( 'removeGateway', { serverId: 5, actor: anna } );
		const { jobId } = removal.body;
		const isGivingBack = async () =>
			( await site.call( 'readJob', { serverId: 5, jobId } ) ).body.events.some(
				( event ) => event.type === 'step_started' && event.step === 'restore'
			);
		while ( ! ( await isGivingBack() ) ) {
			await new Promise( ( done ) => setTimeout( done, 50 ) );
		}
		await site.call( 'readServer', { serverId: 5, actor: bert } );
		const asked = await site.call( 'removeGateway', { serverId: 5, actor: bert } );
		expect( asked.status ).toBe( 202 );
		const read = await site.call( 'readJob', { serverId: 5, jobId: asked.body.jobId, actor: bert } );
		expect( read ).toMatchObject( { status: 200, body: { job: { by: 'bert', state: 'queued' } } } );
		givenBack.resolve();
		expect( ( await site.untilEnded( 5, jobId ) ).job.state ).toBe( 'succeeded' );
		expect( ( await site.untilEnded( 5, asked.body.jobId ) ).job.state ).toBe( 'succeeded' );
	} );
} );
