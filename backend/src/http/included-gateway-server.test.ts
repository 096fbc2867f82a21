import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fakeFingerprint } from '../../test-fixtures/fake-tools.ts';
import { startWithHiddenDefaults, type HiddenDefaults } from '../../test-fixtures/start-hidden-defaults.ts';
import { connection, connectServer } from '../../test-fixtures/test-backend.ts';
import { changeConnection } from '../db/change-server.ts';
import { holdServer } from '../db/servers.ts';

// which servers it is offered for, and until when

let play: HiddenDefaults;
beforeAll( async () => {
	play = await startWithHiddenDefaults();
	await play.offer( true );
}, 120_000 );
afterAll( () => play.backend.stop() );

describe( 'the included gateway', () => {
	test( 'ends where a customer changes the connection, and comes back only with a trust of the site owner’s', async () => {
		play.now = {};
		await connectServer( play.site, 2 );
		expect( await play.included( 2 ) ).toBe( 'offered' );
		const may = [ 'change_connection', 'run_gateway' ] as never;
		const save = async ( actor: object ) => {
			const { body } = await play.site.call( 'saveConnection', { serverId: 2, actor, body: { connection } } );
			await play.site.untilEnded( 2, body.jobId );
		};
		await save( { may } );
		expect( await play.included( 2 ) ).toBe( 'absent' );
		expect( await play.asCustomer( 'useIncludedGateway', { serverId: 2 } ) ).toMatchObject( { status: 403 } );
		// saved anew by the site owner, but the key was not compared by them
		await save( {} );
		expect( await play.included( 2 ) ).toBe( 'absent' );
		const trust = async ( actor: object ) => {
			const body = { fingerprint: fakeFingerprint };
			const trusted = await play.site.call( 'trustHostKey', { serverId: 2, actor, body } );
			await play.site.untilEnded( 2, trusted.body.jobId );
		};
		await trust( {} );
		expect( await play.included( 2 ) ).toBe( 'offered' );
		await trust( { may } );
		expect( await play.included( 2 ) ).toBe( 'absent' );
		await save( {} );
		await trust( {} );
		expect( await play.included( 2 ) ).toBe( 'offered' );
		await play.site.call( 'forgetServer', { serverId: 2, actor: { may } } );
		await save( { may } );
		await trust( {} );
		// whose connection it is counts as well as whose trust
		expect( await play.included( 2 ) ).toBe( 'absent' );
		await save( {} );
		await trust( {} );
		expect( await play.included( 2 ) ).toBe( 'offered' );
	}, 120_000 );

	test( 'does not reach a server that a customer pointed elsewhere while the install waited', async () => {
		await connectServer( play.site, 3 );
		const gate = Promise.withResolvers< void >();
		play.now = {
			connect: async ( ...target ) => {
				await gate.promise;
				return play.tools.connect( ...target );
			},
		};
		const { body } = await play.asCustomer( 'useIncludedGateway', { serverId: 3 } );
		const { db, vault } = play.backend.app;
		const { siteId } = await db
			.selectFrom( 'servers' )
			.select( 'siteId' )
			.where( 'serverId', '=', 3 )
			.executeTakeFirstOrThrow();
		await db.transaction().execute( async ( tx ) => {
			const server = await holdServer( tx, vault, { siteId, serverId: 3 } );
			await changeConnection( tx, vault, server, { mayHaveDefaults: false } );
		} );
		gate.resolve();
		const { job } = await play.site.untilEnded( 3, body.jobId );
		expect( job ).toMatchObject( { state: 'failed' } );
	}, 120_000 );

	test( 'is no longer offered once the site owner takes it back', async () => {
		play.now = {};
		await play.offer( false );
		expect( await play.included( 2 ) ).toBe( 'absent' );
		expect( await play.asCustomer( 'useIncludedGateway', { serverId: 2 } ) ).toMatchObject( { status: 403 } );
		expect( play.received.join( '\n' ) ).not.toMatch( /hidden/ );
	} );
} );
