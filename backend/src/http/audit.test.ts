import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, settings, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { auditOf, note } from '../db/audit.ts';

let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend();
	site = await backend.site();
}, 120_000 );
afterAll( () => backend.stop() );

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

	test( 'is asked for by the site and the server alone', async () => {
		const nowhere = '00000000-0000-4000-8000-000000000000';
		const found = await auditOf( backend.app.db, { siteId: nowhere, serverId: 1 }, { before: 0 } );
		expect( found ).toEqual( { entries: [], next: null } );
	} );
} );
