import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';
import type { FlushOptions } from '../programs/flush.ts';

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = bareFacts;
const choices: FlushOptions[ 'older' ][] = [];
let flushed = { delivered: 0, waiting: 0, older: 0 };

const deliver = async ( older?: 'deliver' | 'hold' ) => {
	const { body } = await site.call( 'deliverWaitingMail', { serverId: 81, body: older ? { older } : {} } );
	return ( await site.untilEnded( 81, body.jobId ) ).job;
};
const waiting = async () => {
	const { connection } = ( await site.call( 'readServer', { serverId: 81 } ) ).body;
	return connection?.lastLook?.mail?.waiting;
};

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => facts,
		apply: async ( _remote, { desired } ) => {
			facts = factsOf( desired );
			return { savedQueue: null };
		},
		flush: async ( _remote, { older } ) => {
			choices.push( older );
			return flushed;
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, 81 );
}, 120_000 );
afterAll( () => backend.stop() );

test( 'mail is delivered where a gateway is installed, and nowhere else', async () => {
	const { body } = await site.call( 'deliverWaitingMail', { serverId: 81, body: {} } );
	expect( body ).toMatchObject( { code: 'gateway_not_installed' } );
}, 60_000 );

test( 'it asks about older mail first; the choice decides, and what left is not told as waiting any more', async () => {
	const { body } = await site.call( 'installGateway', { serverId: 81, body: { settings } } );
	expect( ( await site.untilEnded( 81, body.jobId ) ).job.error ).toBeNull();
	facts = { ...facts, queue: 12, stuck: 12 };
	choices.length = 0;

	flushed = { delivered: 0, waiting: 12, older: 4 };
	expect( ( await deliver() ).result ).toEqual( {
		...{ verb: 'deliver_waiting_mail', choice: 'ask' },
		...{ delivered: 0, stillWaiting: 12, older: 4 },
	} );
	expect( await waiting() ).toBe( 12 );

	flushed = { delivered: 8, waiting: 0, older: 4 };
	expect( ( await deliver( 'hold' ) ).result ).toMatchObject( { choice: 'hold', delivered: 8, older: 4 } );
	expect( await waiting() ).toBe( 4 );

	facts = { ...facts, queue: 4, stuck: 4 };
	flushed = { delivered: 4, waiting: 0, older: 0 };
	expect( ( await deliver( 'deliver' ) ).result ).toMatchObject( { choice: 'deliver', delivered: 4 } );
	expect( await waiting() ).toBe( 0 );
	expect( choices ).toEqual( [ 'ask', 'hold', 'deliver' ] );
}, 60_000 );

test( 'the queue of another site’s gateway is left alone', async () => {
	const before = facts;
	facts = { ...facts, marker: facts.marker && { ...facts.marker, serverId: 999 } };
	choices.length = 0;
	expect( ( await deliver() ).error ).toMatchObject( { code: 'managed_by_another_site' } );
	expect( choices ).toEqual( [] );
	facts = before;
}, 60_000 );
