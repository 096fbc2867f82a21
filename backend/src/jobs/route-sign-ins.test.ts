import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { json } from '../db/tables.ts';
import type { Facts } from '../gateway/facts.ts';

const serverId = 92;
const sites: Facts[ 'sites' ] = [
	{ uid: 1001, user: 'shop', folder: '/var/www/shop.test', domain: null, environment: null },
];
const typed = { use: 'typed', smtpServer: 'smtp.guess.test', smtpPort: 587, userName: 'me', password: 'guess' };
const actor = { login: 'customer', userId: 7, owner: 7, may: [ 'run_gateway' ] as never };
let backend: TestBackend;
let site: SiteClient;
let facts: Facts = { ...bareFacts, sites };

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => facts,
		async apply( _remote, { desired } ) {
			facts = { ...factsOf( desired ), sites };
			return { savedQueue: null };
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, serverId );
	await ended( ( await site.call( 'installGateway', { serverId, body: { settings } } ) ).body );
}, 120_000 );
afterAll( () => backend.stop() );

const ended = async ( { jobId }: { jobId: string } ) => ( await site.untilEnded( serverId, jobId ) ).job;
const ask = ( name: 'checkRoute' | 'setRoute', account: object = typed, login = actor.login ) =>
	site.call( name, {
		...{ serverId, actor: { ...actor, login } },
		body: { uid: 1001, account, senders: [ 'shop.test' ] } as never,
	} );

test( 'nobody tries more than thirty typed sign-ins within an hour, checked or set; what is kept goes on', async () => {
	const { body } = await ask( 'setRoute' );
	expect( await ended( body ) ).toMatchObject( { state: 'succeeded' } );
	const { db } = backend.app;
	const row = await db.selectFrom( 'jobs' ).selectAll().where( 'id', '=', body.jobId ).executeTakeFirstOrThrow();
	const { siteId, verb, identity, digest, createdAt, state } = row;
	const same = { siteId, serverId, verb, identity, digest, createdAt, state };
	const again = () => ( { ...same, id: randomUUID(), request: json( row.request ), askedBy: json( row.askedBy ) } );
	await db
		.insertInto( 'jobs' )
		.values( Array.from( { length: 29 }, again ) )
		.execute();

	const refusal = { status: 429, body: { code: 'too_many_requests', data: { detail: { anHour: 30 } } } };
	expect( await ask( 'setRoute' ) ).toMatchObject( refusal );
	expect( await ask( 'checkRoute' ) ).toMatchObject( refusal );
	expect( await ended( ( await ask( 'setRoute', { use: 'kept' } ) ).body ) ).toMatchObject( { state: 'succeeded' } );

	// another person is not held by that, but by how often the same account was tried
	expect( await ended( ( await ask( 'checkRoute', typed, 'second' ) ).body ) ).toMatchObject( {
		state: 'succeeded',
	} );
	await db
		.insertInto( 'jobs' )
		.values( Array.from( { length: 30 }, again ) )
		.execute();
	expect( await ask( 'setRoute', { ...typed, userName: 'ME' }, 'second' ) ).toMatchObject( refusal );
	expect( ( await ask( 'setRoute', { ...typed, userName: 'other' }, 'second' ) ).status ).toBe( 202 );
} );
