import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { siteAuditPageSize } from '@email-gateway/shared';
import { sql } from 'kysely';
import { webhookTo } from '../../test-fixtures/alert-channel.ts';
import { makeFakeTools } from '../../test-fixtures/fake-tools.ts';
import type { SiteClient } from '../../test-fixtures/site-client.ts';
import { connectServer, startBackend, type TestBackend } from '../../test-fixtures/test-backend.ts';
import { auditHash, headMac } from '../db/audit-chain.ts';
import { json } from '../db/tables.ts';
import { lastOfEach, pageOfAudit, verify } from '../operator-audit.ts';

jest.setTimeout( 240_000 );

let backend: TestBackend;
let site: SiteClient;
beforeAll( async () => {
	backend = await startBackend( { tools: makeFakeTools().tools } );
	site = await backend.site();
} );
afterAll( () => backend.stop() );

const write = ( statement: string ) => sql.raw( statement ).execute( backend.app.db );
const exported = async ( range: Record< string, string > = {} ) =>
	( await pageOfAudit( backend.app, new URLSearchParams( range ) ) ).entries;
const linesOf = ( entries: readonly object[] ) =>
	entries.map( ( entry ) => `${ JSON.stringify( entry ) }\n` ).join( '' );
const breaks = async ( known: readonly object[] = [] ) =>
	( await verify( backend.app, new URLSearchParams( { known: JSON.stringify( known ) } ) ) ).breaks;

describe( 'the audit of a whole site', () => {
	test( 'tells what was done to the site and to servers that are gone, to who may see it', async () => {
		await connectServer( site, 1 );
		await site.call( 'forgetServer', { serverId: 1 } );
		const { body } = await site.call( 'readSiteAudit' );
		expect( body.entries.map( ( { action, serverId, seq } ) => [ action, serverId, seq ] ) ).toEqual( [
			[ 'server_forgotten', 1, 6 ],
			[ 'job_asked', 1, 5 ],
			[ 'host_key_trusted', 1, 4 ],
			[ 'job_asked', 1, 3 ],
			[ 'connection_saved', 1, 2 ],
			[ 'site_paired', null, 1 ],
		] );
		expect( await site.call( 'readSiteAudit', { actor: { may: [ 'see_audit' ] } } ) ).toMatchObject( {
			status: 403,
		} );
		const other = await backend.site( { siteUrl: 'https://other.example.com' } );
		expect( ( await other.call( 'readSiteAudit' ) ).body.entries ).toHaveLength( 1 );
	} );

	test( 'is exported within a range of time, oldest first', async () => {
		const all = await exported();
		expect( all.map( ( { id } ) => id ) ).toEqual( all.map( ( { id } ) => id ).sort( ( a, b ) => a - b ) );
		expect( await exported( { to: String( all[ 0 ]?.at ) } ) ).toEqual( [] );
		expect( await exported( { from: '2999-01-01' } ) ).toEqual( [] );
		await expect( async () => exported( { from: 'yesterday' } ) ).rejects.toThrow( 'is no time' );
	} );
} );

describe( 'a line of the audit', () => {
	const undo: string[] = [];
	const inTransaction = async ( statements: string[], look: () => Promise< void > ) => {
		undo.length = 0;
		await write( 'create table kept as select * from audit' );
		await write( 'create table kept_heads as select * from audit_heads' );
		for ( const statement of statements ) {
			await write( statement );
		}
		await look();
		await write( 'delete from audit' );
		await write( 'insert into audit overriding system value select * from kept' );
		await write( 'delete from audit_heads' );
		await write( 'insert into audit_heads select * from kept_heads' );
		await write( 'drop table kept, kept_heads' );
	};
	const ofSite = `site_id = ( select id from sites where url = 'https://site.example.com' )`;

	test( 'that nobody touched is told as whole', async () => {
		expect( await breaks() ).toEqual( [] );
	} );

	test.each( [
		[ 'changed', `update audit set actor = 'mallory' where seq = 3 and ${ ofSite }`, 3, 'changed' ],
		[ 'changed in its detail', `update audit set detail = '{}' where seq = 2 and ${ ofSite }`, 2, 'changed' ],
		[ 'deleted', `delete from audit where seq = 3 and ${ ofSite }`, 3, 'missing' ],
		[ 'deleted at the end', `delete from audit where seq = 6 and ${ ofSite }`, 6, 'missing' ],
		[ 'deleted with all others', `delete from audit where ${ ofSite }`, 1, 'missing' ],
		[
			'put in before the first',
			`insert into audit ( seq, at, site_id, server_id, actor, action, detail, hash )
			select 0, at, site_id, 1, 'mallory', 'credentials_deleted', '{}', '' from audit where seq = 1 and ${ ofSite }`,
			0,
			'changed',
		],
		[
			'moved to another place of the list',
			`with gone as ( delete from audit where seq = 3 and ${ ofSite } returning * )
			insert into audit ( id, at, site_id, server_id, actor, action, detail, seq, hash ) overriding system value
			select -id, at, site_id, server_id, actor, action, detail, seq, hash from gone`,
			3,
			'changed',
		],
	] )( 'that was %s shows', async ( _what, statement, seq, problem ) => {
		await inTransaction( [ statement ], async () => {
			expect( await breaks() ).toMatchObject( [ { seq, problem } ] );
			// and shows after the next one was noted, too
			await site.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/in' ) } );
			expect( ( await breaks() ).length ).toBe( 1 );
		} );
	} );

	test( 'that was deleted with the end of the chain set back shows', async () => {
		const shorter = [
			`delete from audit where seq = 6 and ${ ofSite }`,
			`update audit_heads set entries = 5, hash = ( select hash from audit where seq = 5 and ${ ofSite } ) where ${ ofSite }`,
		];
		await inTransaction( shorter, async () => {
			expect( await breaks() ).toMatchObject( [ { seq: 6, problem: 'missing' } ] );
			await site.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/in' ) } );
			expect( await breaks() ).toMatchObject( [ { seq: 6, problem: 'broken_before' } ] );
		} );
		await inTransaction(
			[ `delete from audit where ${ ofSite }`, `delete from audit_heads where ${ ofSite }` ],
			async () => {
				expect( await breaks() ).toMatchObject( [ { problem: 'missing' } ] );
				await site.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/in' ) } );
				expect( await breaks() ).toMatchObject( [ { seq: 1, problem: 'begins_late' } ] );
			}
		);
	} );

	test( 'that was put in twice where a page of the reading ends shows', async () => {
		const { db, vault } = backend.app;
		await inTransaction( [ 'drop index audit_chain' ], async () => {
			const longest = db.selectFrom( 'auditHeads' ).selectAll().orderBy( 'entries', 'desc' );
			const { siteId, ...end } = await longest.executeTakeFirstOrThrow();
			let { hash } = end;
			const rows = [];
			for ( let seq = end.entries + 1; seq <= siteAuditPageSize; seq++ ) {
				const entry = {
					seq,
					at: new Date(),
					siteId,
					serverId: null,
					actor: 'admin',
					action: 'alerts_saved',
				} as const;
				hash = auditHash( hash, { ...entry, detail: {} } );
				rows.push( { ...entry, detail: json( {} ), hash } );
			}
			await db.insertInto( 'audit' ).values( rows ).execute();
			const head = { siteId, entries: siteAuditPageSize, hash };
			await db
				.updateTable( 'auditHeads' )
				.set( { ...head, mac: headMac( vault, head ) } )
				.where( 'siteId', '=', siteId )
				.execute();
			expect( await breaks() ).toEqual( [] );
			await write( `insert into audit ( seq, at, site_id, server_id, actor, action, detail, hash )
				select seq, at, site_id, 1, 'mallory', 'credentials_deleted', '{}', 'made up'
				from audit where seq = ${ siteAuditPageSize } and ${ ofSite }` );
			expect( await breaks() ).toMatchObject( [ { seq: siteAuditPageSize, problem: 'changed' } ] );
		} );
	} );

	test( 'of a state that was put back shows against an export that was kept', async () => {
		await inTransaction( [], async () => {
			await site.call( 'saveChannel', { body: webhookTo( 'https://hooks.example.com/in' ) } );
			const known = lastOfEach( linesOf( await exported() ) );
			expect( await breaks( known ) ).toEqual( [] );
			await write( 'delete from audit' );
			await write( 'insert into audit overriding system value select * from kept' );
			await write( 'delete from audit_heads' );
			await write( 'insert into audit_heads select * from kept_heads' );
			expect( await breaks() ).toEqual( [] );
			expect( await breaks( known ) ).toMatchObject( [ { seq: 7, problem: 'missing' } ] );
		} );
	} );

	test( 'of an export that was changed shows without the database', async () => {
		const entries = await exported();
		expect( lastOfEach( linesOf( entries ) ) ).toHaveLength( 2 );
		const changed = entries.map( ( entry, index ) => ( index === 2 ? { ...entry, actor: 'mallory' } : entry ) );
		expect( () => lastOfEach( linesOf( changed ) ) ).toThrow( 'Line 3 of the export is not as it was exported.' );
	} );
} );
