import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startBackupServer } from '../../test-fixtures/backup-server.ts';
import { startBackend } from '../../test-fixtures/test-backend.ts';
import { onBackup } from '../db/on-backup.ts';
import { routesOn } from '../db/routes.ts';

test( 'a backend that ends in the middle of a switch goes on with the same job, and then knows of it', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-switch-' ) );
	const play = await startBackupServer( { folder, keepsFolder: true } );
	const { server, serverId, tools } = play;
	await play.install( play.first );
	await play.call( 'chooseBackup', { account: play.second, automatic: false, atLimit: false, afterMinutes: 15 } );
	const applied: string[] = [];
	const begun = new Promise< void >( ( resolve ) => {
		server.onApply = async ( jobId, signal ) => {
			applied.push( jobId );
			resolve();
			await once( signal, 'abort' );
			signal.throwIfAborted();
		};
	} );
	await play.call( 'switchToBackup' );
	await begun;
	expect( await play.incidents() ).toEqual( [] );
	await play.backend.stop();

	server.onApply = async ( jobId ) => void applied.push( jobId );
	const again = await startBackend( { tools, folder } );
	const { app } = again;
	const live = () =>
		app.db.selectFrom( 'jobs' ).select( 'id' ).where( 'state', 'in', [ 'queued', 'running' ] ).execute();
	while ( ( await live() ).length > 0 ) {
		await delay( 50 );
	}
	const row = await app.db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'serverId', '=', serverId )
		.executeTakeFirstOrThrow();
	expect( await onBackup( app, row ) ).toMatchObject( { why: 'by_hand', account: play.second } );
	expect( applied ).toHaveLength( 2 );
	expect( new Set( applied ).size ).toBe( 1 );
	expect( server.passwords() ).toContain( 'secret of second' );
	await again.stop();
}, 120_000 );

test( 'and so it does with the route of a Unix user', async () => {
	const folder = mkdtempSync( join( tmpdir(), 'email-gateway-switch-' ) );
	const play = await startBackupServer( { folder, keepsFolder: true } );
	const { server, serverId, tools } = play;
	const uid = 1001;
	await play.install( play.first );
	await play.ended( 'setRoute', { uid, account: { use: 'account', id: play.first }, senders: [ 'shop.test' ] } );
	const rules = { automatic: false, atLimit: false, afterMinutes: 15 };
	await play.call( 'chooseRouteBackup', { uid, account: play.second, ...rules } );
	const begun = new Promise< void >( ( resolve ) => {
		server.onApply = async ( _jobId, signal ) => {
			resolve();
			await once( signal, 'abort' );
			signal.throwIfAborted();
		};
	} );
	await play.call( 'switchRouteToBackup', { uid } );
	await begun;
	await play.backend.stop();

	server.onApply = async () => {};
	const { app, stop } = await startBackend( { tools, folder } );
	const live = () =>
		app.db.selectFrom( 'jobs' ).select( 'id' ).where( 'state', 'in', [ 'queued', 'running' ] ).execute();
	while ( ( await live() ).length > 0 ) {
		await delay( 50 );
	}
	const row = await app.db
		.selectFrom( 'servers' )
		.selectAll()
		.where( 'serverId', '=', serverId )
		.executeTakeFirstOrThrow();
	expect( ( await routesOn( app, row ) ).routes ).toMatchObject( [
		{ onBackup: { why: 'by_hand', first: { smtpServer: 'smtp.first.test' } }, smtpServer: 'smtp.second.test' },
	] );
	expect( server.passwords( 'route-1_passwd' ) ).toContain( 'secret of second' );
	await stop();
}, 120_000 );
