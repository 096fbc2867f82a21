import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import type { Facts } from '../gateway/facts.ts';

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = { ...bareFacts, oldQueue: 4 };
let handedOver = 0;

const deliver = async () => {
	const { body } = await site.call( 'deliverFormerMail', { serverId: 82 } );
	return ( await site.untilEnded( 82, body.jobId ) ).job;
};

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => facts,
		apply: async ( _remote, { desired } ) => {
			facts = { ...factsOf( desired ), oldQueue: 4 };
			return { savedQueue: null };
		},
		deliverFormerMail: async () => {
			handedOver++;
			facts = { ...facts, oldQueue: 1, queue: 3 };
			return { handed: 3, notices: 1, refused: 0, said: '' };
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, 82 );
}, 120_000 );
afterAll( () => backend.stop() );

test( 'former mail is handed over where a gateway of ours is installed; the screen has what is there then', async () => {
	const early = await site.call( 'deliverFormerMail', { serverId: 82 } );
	expect( early.body ).toMatchObject( { code: 'gateway_not_installed' } );
	const { body } = await site.call( 'installGateway', { serverId: 82, body: { settings } } );
	expect( ( await site.untilEnded( 82, body.jobId ) ).job.error ).toBeNull();

	expect( ( await deliver() ).result ).toEqual( {
		...{ verb: 'deliver_former_mail', handed: 3, notices: 1, refused: 0, said: '', left: 1 },
	} );
	const { connection } = ( await site.call( 'readServer', { serverId: 82 } ) ).body;
	expect( connection?.lastLook?.mail ).toMatchObject( { oldWaiting: 1, waiting: 3 } );
}, 60_000 );

test( 'the mail of another site’s server is left alone', async () => {
	facts = { ...facts, marker: facts.marker && { ...facts.marker, serverId: 999 } };
	expect( ( await deliver() ).error ).toMatchObject( { code: 'managed_by_another_site' } );
	expect( handedOver ).toBe( 1 );
}, 60_000 );
