// Only for tests: one request for each endpoint that changes something, in a state in which it would be done.
import { accountOf, saveDefaults } from './accounts.ts';
import { generateKeyPairSync } from 'node:crypto';
import { endpoints, type EndpointName } from '@email-gateway/shared';
import { sql } from 'kysely';
import { keepIncident } from '../src/db/incidents.ts';
import type { Db } from '../src/db/tables.ts';
import { keepQueue } from '../src/ledger/queue.ts';
import { keepPause } from '../src/db/pauses.ts';
import { keepSandbox } from '../src/db/sandbox.ts';
import { makePairingCode } from '../src/db/pairing-codes.ts';
import { addWebhook, changesOfOwner, webhookTo } from './alert-channel.ts';
import { changesOfBackups, keepBackups, saveSecondAccount } from './one-backup.ts';
import { keepOneRoute, routeTyped } from './one-route.ts';
import { fakeFingerprint } from './fake-tools.ts';
import type { Answer } from './send.ts';
import { makeSiteClient, type SiteClient } from './site-client.ts';
import { connection, connectServer, settings, type TestBackend } from './test-backend.ts';

export const changing = ( Object.keys( endpoints ) as EndpointName[] ).filter(
	( name ) => endpoints[ name ].method !== 'GET'
);

const defaults = { ...settings, note: '' };
const supplied = ( host: string ) => ( {
	from: 'wpclouddeploy' as const,
	...{ host, sshPort: 22, sshUser: 'root', passphrase: null },
	privateKey: generateKeyPairSync( 'ed25519' ).privateKey.export( { type: 'pkcs8', format: 'pem' } ).toString(),
} );

const waitingMessage = {
	...{ id: 'A1A1A1', isHeld: false, at: 1_700_000_000, bytes: 1, recipients: 1, domain: null, reason: '' },
};

type Asked = Parameters< SiteClient[ 'call' ] >[ 1 ];

/**
 * Connects the servers of a site that each change needs. Errors: an Error where an endpoint of the contract that changes
 * something is not among what can be asked for.
 * @param hold no server is reached from then on, so that jobs wait
 */
export async function prepareEveryChange(
	backend: TestBackend,
	site: SiteClient,
	hold: () => void
): Promise< ( name: EndpointName ) => Promise< Answer< object > > > {
	const { db } = backend.app;
	const installed = async ( serverId: number, is: boolean ) => {
		const asked = await site.call( 'installGateway', { serverId, body: { settings } } );
		await site.untilEnded( serverId, asked.body.jobId );
		await db
			.updateTable( 'servers' )
			.set( { installedVersion: is ? 1 : null } )
			.where( 'serverId', '=', serverId )
			.execute();
	};
	const id = await addWebhook( site );
	await saveDefaults( site, defaults );
	const spare = accountOf( defaults, { name: 'Spare', isDefault: false } );
	const { accounts } = ( await site.call( 'saveAccount', { body: { account: spare } } ) ).body;
	const [ used, unused ] = accounts.map( ( account ) => account.id ) as [ string, string ];
	await db.updateTable( 'accounts' ).set( { provedAt: new Date(), provedBy: 'sign_in' } ).execute();
	await site.call( 'offerIncludedGateway', { body: { customersMayUse: true } } );
	// gateways of their own, of which one has a backup and one sends by it; none; a removed one; a connection of another plugin
	const [ own, byOwn, byBackup, none, removed, kept ] = [ 2, 6, 7, 3, 4, 5 ];
	for ( const serverId of [ own, byOwn, byBackup ] ) {
		await connectServer( site, serverId );
		await installed( serverId, true );
	}
	await connectServer( site, none );
	await connectServer( site, removed );
	await installed( removed, false );
	const lent = { serverId: kept, connection: supplied( '203.0.113.61' ) };
	for ( const asked of [
		await site.call( 'checkConnection', lent ),
		await site.call( 'trustHostKey', { ...lent, body: { fingerprint: fakeFingerprint } } ),
	] ) {
		await site.untilEnded( kept, asked.body.jobId );
	}
	await db.updateTable( 'servers' ).set( { installedVersion: 1 } ).where( 'serverId', '=', kept ).execute();
	const ofOwner = await changesOfOwner( site, 16 );
	const ofOwn = await keepOneInQueue( db, own );
	const readAt = ( await site.call( 'readQueue', { serverId: own } ) ).body.readAt ?? '';
	const key = await openAnIncident( db );
	for ( const uid of [ 1001, 1002 ] ) {
		await keepPause( db, { id: ofOwn }, { uid, user: null, how: 'refuse', by: 'admin' } );
	}
	const { siteId } = await db
		.selectFrom( 'servers' )
		.select( 'siteId' )
		.where( 'id', '=', ofOwn )
		.executeTakeFirstOrThrow();
	const sandbox = { rules: { kind: 'drop' as const }, at: new Date().toISOString(), by: 'admin' };
	await keepSandbox( backend.app, { id: ofOwn, siteId, serverId: own }, sandbox );
	await keepPause( db, { id: ofOwn }, { uid: 1003, user: 'site-3', how: 'refuse', by: 'admin' } );
	await keepOneRoute( backend.app, { id: ofOwn, siteId, serverId: own } );
	const second = await saveSecondAccount( site, defaults );
	await keepBackups( backend.app, { byOwn, byBackup, account: second } );
	hold();
	const { body } = await site.call( 'previewChanges', { serverId: own, body: { settings } } );
	const other = makeSiteClient( backend.audience );
	const { code } = await makePairingCode( db, backend.app.vault );
	const asked: Partial< Record< EndpointName, Asked > > = {
		mirrorServers: { body: { firstId: own, lastId: own, servers: [ { serverId: own, name: 'web2', owner: 1 } ] } },
		saveMailSettings: { body: { addresses: 'domains' } },
		eraseAddress: { body: { address: 'ann@example.org' } },
		...{ confirmMove: {}, endPairing: {} },
		deleteAccount: { body: { id: unused } },
		updateServers: { body: { id: used } },
		sendTestAlert: { body: { id } },
		saveChannel: { body: webhookTo( 'https://hooks.example.com/others' ) },
		deleteChannel: { body: { id } },
		...ofOwner,
		acknowledgeIncident: { body: { key } },
		muteIncident: { body: { key, hours: 4 } },
		rotateKey: { body: other.signRotation( site.keyId() ) },
		saveAccount: { body: { account: accountOf( defaults, { id: used, dailyLimit: 500 } ) } },
		checkAccount: { body: { account: accountOf( defaults, { id: used } ) } },
		findAccount: { body: { address: 'me@example.com' } },
		offerIncludedGateway: { body: { customersMayUse: false } },
		makeServerKey: { serverId: own },
		saveConnection: { serverId: own, body: { connection } },
		checkConnection: { serverId: kept, connection: supplied( '203.0.113.62' ) },
		trustHostKey: { serverId: own, body: { fingerprint: fakeFingerprint } },
		lendConnection: lent,
		previewChanges: { serverId: own, body: { settings: { ...settings, smtpPort: 465 } } },
		checkSettings: { serverId: own, body: { settings } },
		findSettings: { serverId: own, body: { address: 'me@example.com' } },
		installGateway: { serverId: own, body: { settings } },
		useIncludedGateway: { serverId: none },
		sendTestEmail: { serverId: own, body: { from: 'a@example.com', to: 'b@example.com' } },
		deliverWaitingMail: { serverId: own },
		deliverFormerMail: { serverId: own },
		refreshQueue: { serverId: own },
		changeQueue: { serverId: own, body: { action: 'hold', readAt, which: { filter: {} } } },
		pauseSite: { serverId: own, body: { uid: 1001, how: 'hold' } },
		resumeSite: { serverId: own, body: { uid: 1002, held: 'keep' } },
		previewSandbox: { serverId: own, body: { rules: { kind: 'drop' } } },
		checkRoute: { serverId: own, body: { uid: 1003, ...routeTyped } },
		setRoute: { serverId: own, body: { uid: 1003, ...routeTyped } },
		removeRoute: { serverId: own, body: { uid: 1004 } },
		routeOthers: { serverId: own, body: { without: 'hold' } },
		turnOnSandbox: { serverId: own, body: { rules: { kind: 'hold' } } },
		...changesOfBackups( { own, byOwn, byBackup, account: second } ),
		turnOffSandbox: { serverId: own, body: { held: 'keep' } },
		previewDoors: { serverId: own, body: { uids: [ 1001 ] } },
		changeDoors: { serverId: own, body: { uids: [ 1001 ] } },
		capSite: { serverId: own, body: { uid: 1001, cap: { kind: 'never' } } },
		removeGateway: { serverId: own },
		deleteCredentials: { serverId: removed },
		forgetServer: { serverId: own },
		cancelJob: { serverId: own, jobId: body.jobId },
	};
	return ( name ) => {
		if ( name === 'pairSite' ) {
			return makeSiteClient( backend.audience ).pair( code );
		}
		const options = asked[ name ];
		if ( ! options ) {
			throw new Error( `${ name } is not among what every-change.ts asks for` );
		}
		return site.call( name, options );
	};
}
/** As a look that reads a queue of one message does; gives the server's own id. */
export async function keepOneInQueue( db: Db, serverId: number ): Promise< string > {
	const { id } = await db
		.selectFrom( 'servers' )
		.select( 'id' )
		.where( 'serverId', '=', serverId )
		.executeTakeFirstOrThrow();
	await keepQueue( db, id, { total: 1, messages: [ waitingMessage ] } );
	return id;
}

/** As a look that sees trouble a second time does, at any server; gives what names it. */
export async function openAnIncident( db: Db ): Promise< string > {
	const { id: server, siteId } = await db.selectFrom( 'servers' ).selectAll().executeTakeFirstOrThrow();
	const key = 'a'.repeat( 32 );
	const of = { siteId, server, kind: 'gateway', key, trouble: 'stopped' as const, seenAt: new Date(), detail: {} };
	await keepIncident( db, of );
	return key;
}

/** Every row there is, but for nonces and what counts the tries of a pairing code. */
export async function everything( db: Db ): Promise< Record< string, unknown > > {
	const { rows: tables } = await sql< { name: string } >`
		select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'nonces'
	`.execute( db );
	const found: Record< string, unknown > = {};
	for ( const { name } of tables ) {
		const { rows } = await sql`select to_jsonb( t ) - 'tries' as row from ${ sql.table( name ) } t`.execute( db );
		found[ name ] = rows.map( ( row ) => JSON.stringify( row ) ).sort();
	}
	return found;
}
