import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeApp, type App } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { makePairingCode } from '../src/db/pairing-codes.ts';
import { unlistedCode } from '../src/http/on-error.ts';
import { makeServer } from '../src/http/server.ts';
import type { Tools } from '../src/jobs/tools.ts';
import { work } from '../src/jobs/worker.ts';
import { makeLogger } from '../src/logger.ts';
import { copyEmptyDatabase } from './empty-database.ts';
import { fakeFingerprint, makeFakeTools } from './fake-tools.ts';
import { makeSiteClient, type SiteClient } from './site-client.ts';

export interface TestBackend {
	app: App;
	folder: string;
	audience: string;
	/** Everything that was logged. */
	logged(): string;
	/** A paired site. */
	site( options?: { siteUrl?: string } ): Promise< SiteClient >;
	/** Errors: an Error where a request was refused with a code that its endpoint does not list. */
	stop(): Promise< void >;
}

/** A whole backend on a free loopback port with a database of its own: only servers are faked. */
export async function startBackend( {
	tools = makeFakeTools().tools,
	env = {},
	withWorker = true,
	folder = mkdtempSync( join( tmpdir(), 'email-gateway-backend-' ) ),
	keepsFolder = false,
	now = Date.now,
}: {
	tools?: Tools;
	env?: Record< string, string >;
	withWorker?: boolean;
	folder?: string;
	/** For a test that starts it again on what was there. */
	keepsFolder?: boolean;
	/** Milliseconds since the epoch, for the door. */
	now?: () => number;
} = {} ): Promise< TestBackend > {
	const lines: string[] = [];
	const log = makeLogger( { level: 'debug', destination: { write: ( line ) => void lines.push( line ) } } );
	// the port comes first: sites sign for it
	const server: Server = createServer();
	await new Promise< void >( ( resolve ) => server.listen( 0, '127.0.0.1', resolve ) );
	const port = String( ( server.address() as AddressInfo ).port );
	const config = readConfig( { PORT: port, EMAIL_GATEWAY_DATA_DIR: join( folder, 'data' ), ...env } );
	if ( config.databaseUrl === null ) {
		copyEmptyDatabase( join( folder, 'data', 'database' ) );
	}
	const app = await makeApp( config, { tools, log } );
	server.on( 'request', makeServer( app, { now } ) );
	if ( withWorker ) {
		await work( app );
	}
	return {
		app,
		folder,
		audience: app.audience,
		logged: () => lines.join( '' ),
		async site( options ) {
			const client = makeSiteClient( app.audience, options );
			await client.pair( ( await makePairingCode( app.db, app.vault ) ).code );
			return client;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise( ( resolve ) => server.close( resolve ) );
			await app.close();
			if ( ! keepsFolder ) {
				rmSync( folder, { recursive: true, force: true } );
			}
			const unlisted = lines.filter( ( line ) => line.includes( unlistedCode ) );
			if ( unlisted.length > 0 ) {
				throw new Error( unlisted.join( '' ) );
			}
		},
	};
}

export const connection = {
	host: '203.0.113.7',
	signIn: { kind: 'password', password: { use: 'typed', value: 'ssh-secret' } },
} as const;

/** Brings a server to where a gateway can be installed. */
export async function connectServer(
	site: SiteClient,
	serverId: number,
	{
		fingerprint = fakeFingerprint,
		at = {},
		actor = {},
	}: { fingerprint?: string; at?: { host?: string; sshPort?: number }; actor?: { userId?: number } } = {}
): Promise< void > {
	const saved = await site.call( 'saveConnection', {
		serverId,
		actor,
		body: { connection: { ...connection, ...at } },
	} );
	if ( saved.status !== 202 ) {
		throw new Error( JSON.stringify( saved ) );
	}
	await site.untilEnded( serverId, saved.body.jobId, { actor } );
	const trusted = await site.call( 'trustHostKey', { serverId, actor, body: { fingerprint } } );
	await site.untilEnded( serverId, trusted.body.jobId, { actor } );
}

export const settings = {
	smtpServer: 'smtp.example.com',
	smtpPort: 587,
	userName: 'user@example.com',
	sendingDomain: 'example.com',
	password: { use: 'typed', value: 'mail-secret' },
} as const;
