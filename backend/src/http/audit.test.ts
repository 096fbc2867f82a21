import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { endpoints, type EndpointName } from '@email-gateway/shared';
import { addWebhook, webhookTo } from '../../test-fixtures/alert-channel.ts';
import { keepOneInQueue, openAnIncident } from '../../test-fixtures/every-change.ts';
import { makeFakeTools, fakeFingerprint } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import {
	connection,
	connectServer,
	settings,
	startBackend,
	type TestBackend,
} from '../../test-fixtures/test-backend.ts';
import { auditOf, note } from '../db/audit.ts';

let backend: TestBackend;
let site: SiteClient;
/** Until it is fulfilled no server is reached. */
let reachable: Promise< void > = Promise.resolve();
const gate = Promise.withResolvers< void >();
beforeAll( async () => {
	const { tools } = makeFakeTools();
	const connect: typeof tools.connect = async ( ...target ) => {
		await reachable;
		return tools.connect( ...target );
	};
	backend = await startBackend( { tools: { ...tools, connect } } );
	site = await backend.site();
}, 120_000 );
afterAll( () => {
	// a job that waits would keep the backend from stopping
	gate.resolve();
	return backend.stop();
} );

const actionsOf = async ( serverId: number ) =>
	( await site.call( 'readAudit', { serverId } ) ).body.entries.map( ( { action } ) => action );

describe( 'what was done to a server', () => {
	test( 'is told newest first: who, what and when, without secrets', async () => {
		await connectServer( site, 1 );
		const actor = { login: 'eve', siteAdminMail: 'admin@example.com' };
		const { body } = await site.call( 'installGateway', {
			serverId: 1,
			actor,
			body: { settings, consents: [ 'install_anyway' ] },
		} );
		await site.untilEnded( 1, body.jobId );
		const audit = await site.call( 'readAudit', { serverId: 1 } );
		expect( audit.body.entries[ 0 ] ).toMatchObject( {
			actor: 'eve',
			action: 'job_asked',
			detail: { verb: 'install_gateway', jobId: body.jobId, consents: [ 'install_anyway' ] },
		} );
		expect( await actionsOf( 1 ) ).toEqual( [
			'job_asked',
			'job_asked',
			'host_key_trusted',
			'job_asked',
			'connection_saved',
		] );
		expect( audit.body.next ).toBeNull();
		expect( JSON.stringify( audit ) ).not.toMatch( /ssh-secret|mail-secret/ );
	} );

	test( 'is for those who may see it, and holds nothing of another server or site', async () => {
		const refused = await site.call( 'readAudit', { serverId: 1, actor: { may: [ 'run_gateway' ] } } );
		expect( refused ).toMatchObject( { status: 403, body: { code: 'forbidden' } } );
		expect( await actionsOf( 2 ) ).toEqual( [] );
		const other = await backend.site( { siteUrl: 'https://other.example.com' } );
		expect( ( await other.call( 'readAudit', { serverId: 1 } ) ).body.entries ).toEqual( [] );
	} );

	test( 'comes in pages', async () => {
		const { id } = await backend.app.db
			.selectFrom( 'sites' )
			.select( 'id' )
			.where( 'url', '=', 'https://site.example.com' )
			.executeTakeFirstOrThrow();
		for ( let count = 0; count < 101; count++ ) {
			await note( backend.app.db, backend.app.vault, {
				siteId: id,
				serverId: 3,
				actor: `a${ count }`,
				action: 'job_asked',
			} );
		}
		const first = await site.call( 'readAudit', { serverId: 3 } );
		expect( first.body.entries ).toHaveLength( 100 );
		const last = await site.call( 'readAudit', { serverId: 3, query: `?before=${ first.body.next }` } );
		expect( last.body ).toMatchObject( { entries: [ { actor: 'a0' } ], next: null } );
	} );

	test( 'holds every change that the contract has', async () => {
		await connectServer( site, 4 );
		reachable = gate.promise;
		const { body } = await site.call( 'previewChanges', { serverId: 4, body: { settings } } );
		const [ id, key ] = [ await addWebhook( site ), await openAnIncident( backend.app.db ) ];
		await keepOneInQueue( backend.app.db, 4 );
		const readAt = ( await site.call( 'readQueue', { serverId: 4 } ) ).body.readAt ?? '';
		const bodies: Partial< Record< EndpointName, unknown > > = {
			mirrorServers: { firstId: 4, lastId: 4, servers: [ { serverId: 4, name: 'web4', owner: 1 } ] },
			saveMailSettings: { addresses: 'domains' },
			eraseAddress: { address: 'ann@example.org' },
			changeQueue: { action: 'hold', readAt, which: { filter: {} } },
			saveConnection: { connection },
			trustHostKey: { fingerprint: fakeFingerprint },
			previewChanges: { settings: { ...settings, smtpPort: 465 } },
			installGateway: { settings },
			sendTestEmail: { from: 'a@example.com', to: 'b@example.com' },
			removeGateway: {},
			saveChannel: webhookTo( 'https://hooks.example.com/alerts' ),
			sendTestAlert: { id },
			deleteChannel: { id },
			acknowledgeIncident: { key },
			muteIncident: { key, hours: 1 },
			offerIncludedGateway: { customersMayUse: true },
			saveDefaults: { defaults: { ...settings, note: '' } },
			checkDefaults: { defaults: { ...settings, note: '' } },
			findDefaults: { address: 'me@example.com' },
			findSettings: { address: 'me@example.com' },
			...( 'checkSettings' in endpoints ? { checkSettings: { settings } } : {} ),
		};
		const count = async () =>
			Number(
				(
					await backend.app.db
						.selectFrom( 'audit' )
						.select( ( { fn } ) => fn.countAll().as( 'count' ) )
						.execute()
				)[ 0 ]?.count
			);
		await backend.app.db
			.updateTable( 'servers' )
			.set( { installedVersion: 1 } )
			.where( 'serverId', '=', 4 )
			.execute();
		const changing = ( Object.keys( endpoints ) as EndpointName[] ).filter(
			(
				name // with another key this site would be answered no more
			) =>
				endpoints[ name ].method !== 'GET' &&
				name !== 'pairSite' &&
				name !== 'rotateKey' &&
				// WordPress's cron, which nobody asks: there is nothing to lend here
				name !== 'lendConnection'
		);
		// the job must still be there to be cancelled, no other check may wait when one is asked for (it would be the
		// same click), who has a gateway of their own is not given the included one, and the server is forgotten at the end
		const first =
			/^(cancelJob|checkConnection|deleteChannel|(save|offer|use).*(Defaults|Gateway)|forgetServer|endPairing|deleteCredentials)$/;
		const inOrder = [
			'cancelJob',
			'checkConnection',
			'saveDefaults',
			'offerIncludedGateway',
			'useIncludedGateway',
			...changing.filter( ( name ) => ! first.test( name ) ),
			'deleteChannel',
			'deleteCredentials',
			'forgetServer',
			'endPairing',
		];
		for ( const name of inOrder as EndpointName[] ) {
			if ( name === 'deleteCredentials' ) {
				// they are needed while a job may run, and while a gateway has them
				const { db } = backend.app;
				await db.updateTable( 'jobs' ).set( { state: 'cancelled' } ).where( 'serverId', '=', 4 ).execute();
				await db
					.updateTable( 'servers' )
					.set( { installedVersion: null } )
					.where( 'serverId', '=', 4 )
					.execute();
			}
			const before = await count();
			const answer = await site.call( name, { serverId: 4, jobId: body.jobId, body: bodies[ name ] as never } );
			expect( [ name, answer.status < 300 ] ).toEqual( [ name, true ] );
			expect( [ name, ( await count() ) > before ] ).toEqual( [ name, true ] );
		}
	} );

	test( 'is asked for by the site and the server alone', async () => {
		const nowhere = '00000000-0000-4000-8000-000000000000';
		const found = await auditOf( backend.app.db, { siteId: nowhere, serverId: 1 }, { before: 0 } );
		expect( found ).toEqual( { entries: [], next: null } );
	} );
} );
