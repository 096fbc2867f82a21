import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bareFacts, makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { factsOf } from '../../test-fixtures/installed-facts.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import type { Facts } from '../gateway/facts.ts';

let backend: TestBackend;
let site: SiteClient;
let facts: Facts = bareFacts;
let tidied = 0;

const check = async ( actor = {} ) => {
	const { body } = await site.call( 'checkConnection', { serverId: 71, actor } );
	await site.untilEnded( 71, body.jobId );
	return ( await site.call( 'readServer', { serverId: 71 } ) ).body;
};

beforeAll( async () => {
	const { tools } = makeFakeTools( {
		look: async () => facts,
		tidy: async () => void tidied++,
		apply: async ( _remote, { desired } ) => {
			facts = factsOf( desired );
			return { savedQueue: null };
		},
	} );
	backend = await startBackend( { tools } );
	site = await backend.site();
	await connectServer( site, 71 );
	const { body } = await site.call( 'installGateway', { serverId: 71, body: { settings } } );
	await site.untilEnded( 71, body.jobId );
}, 120_000 );
afterAll( () => backend.stop() );

describe( 'the screen of a server that is installed', () => {
	test( 'says that all is as it was installed, also to a person with another address', async () => {
		const view = await check( { siteAdminMail: 'another@example.com' } );

		expect( view.gateway.state ).toBe( 'installed' );
		expect( view.connection?.lastLook?.mail ).toMatchObject( { running: true, differs: [], waiting: 0 } );
	}, 60_000 );

	test( 'tidies a server on which runs have left something, and no other', async () => {
		const before = facts;
		const asked: number[] = [];
		for ( const leftovers of [ false, true ] ) {
			facts = { ...before, leftovers };
			await check();
			asked.push( tidied );
		}
		facts = before;
		expect( asked ).toEqual( [ 0, 1 ] );
	}, 60_000 );

	test( 'says that Postfix was stopped, and how much waits', async () => {
		const before = facts;
		facts = { ...before, postfix: { ...before.postfix, running: false }, listens: [], queue: 12, oldQueue: 3 };

		const view = await check();

		expect( view.gateway.state ).toBe( 'stopped' );
		expect( view.connection?.lastLook?.mail ).toMatchObject( { running: false, waiting: 12, oldWaiting: 3 } );
		const list = await site.call( 'listServers', { query: '?ids=71' } );
		expect( list.body.servers[ 0 ]?.state ).toBe( 'stopped' );
		facts = before;
	}, 60_000 );

	test( 'names what was changed by hand, and no value of it', async () => {
		const before = facts;
		facts = {
			...before,
			files: before.files.filter( ( { path } ) => path !== '/etc/postfix/main.cf' ),
			postfix: {
				...before.postfix,
				parameters: [ ...before.postfix.parameters, 'default_transport = smtp:[stranger.example]' ],
			},
		};

		const view = await check();

		expect( view.gateway.state ).toBe( 'differs' );
		expect( view.connection?.lastLook?.mail?.differs ).toEqual( [ 'default_transport' ] );
		expect( JSON.stringify( view ) ).not.toContain( 'stranger' );
		facts = before;
		expect( ( await check() ).gateway.state ).toBe( 'installed' );
	}, 60_000 );
} );
