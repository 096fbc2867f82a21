import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import {
	connection,
	connectServer,
	settings,
	startBackend,
	type TestBackend,
} from '../../test-fixtures/test-backend.ts';
import { freshFacts, factsAfter } from '../gateway/test-facts.ts';
import type { Facts } from '../gateway/facts.ts';

jest.setTimeout( 240_000 );

// A server that changes hands takes nothing of its former owner along.

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = freshFacts;
/** Until it is fulfilled no server is reached. */
let reachable: Promise< void > = Promise.resolve();
const { tools } = makeFakeTools();
beforeAll( async () => {
	backend = await startBackend( {
		tools: {
			...tools,
			async connect( ...target ) {
				await reachable;
				return tools.connect( ...target );
			},
			look: async () => facts,
			async apply( _remote, { desired } ) {
				facts = factsAfter( desired );
				return { savedQueue: null };
			},
			async remove() {
				facts = freshFacts;
				return { restored: null, savedQueue: null };
			},
		},
	} );
	site = await backend.site();
} );
afterAll( () => backend.stop() );

const who = ( login: string, owner: number, may: string[] = [ 'run_gateway', 'see_audit' ] ) =>
	( { login, userId: owner, owner, may } ) as never;
const anna = who( 'anna', 11 );
const bert = who( 'bert', 12 );
/** Sees everything, and tells whose the server is. */
const administrator = ( owner: number ) => ( { owner } );
const ofAnna = { ...settings, userName: 'anna@example.com', note: 'of Anna' };

/** A server on which Anna has installed and tested a gateway. */
async function serverOfAnna( serverId: number ) {
	facts = freshFacts;
	await connectServer( site, serverId, { at: { host: `203.0.113.${ serverId }` } } );
	await site.call( 'readServer', { serverId, actor: anna } );
	const installed = await site.call( 'installGateway', { serverId, actor: anna, body: { settings: ofAnna } } );
	const { job } = await site.untilEnded( serverId, installed.body.jobId );
	expect( job.state ).toBe( 'succeeded' );
	const body = { from: 'anna@example.com', to: 'private@example.com' };
	const tested = await site.call( 'sendTestEmail', { serverId, actor: anna, body } );
	await site.untilEnded( serverId, tested.body.jobId );
	return installed.body.jobId;
}

test( 'a server is its owner’s from the first change on, which a later one takes nothing of', async () => {
	const changer = who( 'anna', 11, [ 'run_gateway', 'change_connection' ] );
	await site.call( 'saveConnection', { serverId: 90, actor: changer, body: { connection } } );
	const { body } = await site.call( 'readServer', { serverId: 90, actor: bert } );
	expect( body ).toMatchObject( { connection: null, job: null, handedOver: { gatewayStays: false } } );
} );

describe( 'a server that changes hands', () => {
	test( 'shows the next owner nothing of before, and the administrators all of it', async () => {
		const jobId = await serverOfAnna( 1 );
		expect( JSON.stringify( await site.call( 'readServer', { serverId: 1, actor: anna } ) ) ).toContain( 'anna@' );
		const view = await site.call( 'readServer', { serverId: 1, actor: bert } );
		expect( view.body ).toMatchObject( {
			handedOver: { gatewayStays: true },
			gateway: { submitted: null, installed: null, passwordSaved: false, lastTest: null },
			job: null,
		} );
		const audit = await site.call( 'readAudit', { serverId: 1, actor: bert } );
		// not even who the former one was
		const handed = { action: 'server_handed_over', actor: 'bert', detail: { to: 12 } };
		expect( audit.body.entries.map( ( { id: _id, at: _at, ...entry } ) => entry ) ).toEqual( [ handed ] );
		const list = await site.call( 'listServers', { query: '?ids=1', actor: bert } );
		expect( JSON.stringify( [ view, audit, list ] ) ).not.toMatch( /anna|of Anna|private@/ );
		for ( const name of [ 'readJob', 'cancelJob' ] as const ) {
			const told = await site.call( name, { serverId: 1, jobId, actor: bert } );
			expect( told ).toMatchObject( { status: 404, body: { code: 'not_found' } } );
		}
		const all = await site.call( 'readAudit', { serverId: 1, actor: administrator( 12 ) } );
		expect( all.body.entries.some( ( { actor } ) => actor === 'anna' ) ).toBe( true );
	} );

	test( 'has no password that anybody could use, and answers every guess at it alike', async () => {
		await serverOfAnna( 2 );
		await site.call( 'readServer', { serverId: 2, actor: bert } );
		const saved = await backend.app.db
			.selectFrom( 'secrets' )
			.innerJoin( 'settings', ( join ) =>
				join.on( 'secrets.rowId', '=', ( { cast, ref } ) => cast( ref( 'settings.id' ), 'text' ) )
			)
			.select( 'rowId' )
			.where( 'serverId', '=', 2 )
			.execute();
		expect( saved ).toEqual( [] );
		const reuse = { ...ofAnna, password: { use: 'saved' } } as const;
		expect( await site.call( 'installGateway', { serverId: 2, body: { settings: reuse } } ) ).toMatchObject( {
			body: { code: 'password_required' },
		} );
		const told = async ( guess: object ) => {
			const asked = [ 'previewChanges', 'installGateway', 'checkSettings' ] as const;
			const answers = [];
			for ( const name of asked ) {
				const body = { settings: { ...settings, ...guess } } as never;
				const answer = await site.call( name, { serverId: 2, actor: bert, body } );
				const ended = answer.body.jobId ? await site.untilEnded( 2, answer.body.jobId ) : null;
				const { jobId } = answer.body;
				const read = jobId ? await site.call( 'readJob', { serverId: 2, jobId, actor: bert } ) : null;
				answers.push(
					answer.status,
					ended?.job.state,
					read?.body.job.result,
					read?.body.events.map( ( { at: _at, ...rest } ) => rest )
				);
			}
			return answers;
		};
		const wrong = { userName: 'other@example.com', password: { use: 'typed', value: 'other' } };
		expect( await told( ofAnna ) ).toEqual( await told( wrong ) );
		expect( await told( { ...ofAnna, password: { use: 'saved' } } ) ).toEqual(
			await told( { ...wrong, password: { use: 'saved' } } )
		);
	} );

	test( 'is given a gateway of the next owner once that of the former one is removed', async () => {
		await serverOfAnna( 3 );
		await site.call( 'readServer', { serverId: 3, actor: bert } );
		const removed = await site.call( 'removeGateway', { serverId: 3, actor: bert } );
		expect( ( await site.untilEnded( 3, removed.body.jobId ) ).job.state ).toBe( 'succeeded' );
		const body = { settings: { ...settings, userName: 'bert@example.com' } };
		const installed = await site.call( 'installGateway', { serverId: 3, actor: bert, body } );
		expect( ( await site.untilEnded( 3, installed.body.jobId ) ).job.state ).toBe( 'succeeded' );
		const view = await site.call( 'readServer', { serverId: 3, actor: bert } );
		expect( view.body ).toMatchObject( {
			handedOver: null,
			gateway: { installed: { settings: { userName: 'bert@example.com' } }, passwordSaved: true },
			job: { by: 'bert' },
		} );
	} );

	test( 'keeps a connection that an administrator set, and no other', async () => {
		const mayConnect = [ 'change_connection', 'run_gateway' ];
		const save = ( serverId: number, actor: never ) =>
			site.call( 'saveConnection', { serverId, actor, body: { connection } } );
		await save( 4, who( 'anna', 11, mayConnect ) );
		await save( 5, { owner: 11 } as never );
		for ( const serverId of [ 4, 5 ] ) {
			await site.call( 'readServer', { serverId, actor: anna } );
		}
		const seen = ( serverId: number ) => site.call( 'readServer', { serverId, actor: bert } );
		expect( ( await seen( 4 ) ).body.connection ).toBeNull();
		expect( ( await seen( 5 ) ).body.connection ).toMatchObject( { host: connection.host } );
		const left = await backend.app.db
			.selectFrom( 'secrets' )
			.innerJoin( 'servers', ( join ) =>
				join.on( 'secrets.rowId', '=', ( { cast, ref } ) => cast( ref( 'servers.id' ), 'text' ) )
			)
			.select( [ 'serverId', 'field' ] )
			.where( 'field', '=', 'password' )
			.where( 'serverId', 'in', [ 4, 5 ] )
			.execute();
		expect( left ).toEqual( [ { serverId: 5, field: 'password' } ] );
	} );

	test( 'has none of the former owner’s waiting jobs begun', async () => {
		await serverOfAnna( 6 );
		const gate = Promise.withResolvers< void >();
		reachable = gate.promise;
		await site.call( 'checkConnection', { serverId: 6 } );
		const body = { settings: { ...ofAnna, smtpPort: 465 } };
		const waiting = await site.call( 'installGateway', { serverId: 6, actor: anna, body } );
		await site.call( 'readServer', { serverId: 6, actor: bert } );
		gate.resolve();
		const { job } = await site.untilEnded( 6, waiting.body.jobId );
		expect( job ).toMatchObject( { state: 'cancelled', startedAt: null } );
	} );
} );
