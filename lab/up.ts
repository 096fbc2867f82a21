import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startAlerts } from './alerts/start.ts';
import { startBackend } from './backend/start.ts';
import { ensurePluginAssets } from './build/plugin-assets.ts';
import { startMariadb } from './database/mariadb.ts';
import { startPostgres } from './database/postgres.ts';
import { stopEverything } from './down.ts';
import { withLabLock } from './lock.ts';
import { startMachines } from './machines.ts';
import { defaultOptions, type LabOptions } from './options.ts';
import { readState, writeState, type LabState } from './state.ts';
import { labStatus } from './status.ts';
import { labPath } from './system/paths.ts';
import type { Log } from './system/run.ts';
import { connectServers } from './wordpress/connect-servers.ts';
import { pair } from './wordpress/pair.ts';
import { startWordPress } from './wordpress/up.ts';
import type { WordPressDatabase } from './wordpress/wp-config.ts';

interface Context {
	log: Log;
	signal: AbortSignal;
	/** Sees to the plugin's scripts; unless told they are built where they are not what lies there now. */
	assets?: () => Promise< void >;
}

/** Brings up what is not up. What runs already stays untouched; other options than those it runs with are refused. */
export function bringUp( wanted: Partial< LabOptions >, context: Context ): Promise< LabState > {
	return withLabLock( async () => {
		const known = readState();
		if ( known !== undefined && ( await labStatus() ) !== undefined ) {
			refuseOtherOptions( wanted, known.options );
			return known;
		}
		const options = { ...( known?.options ?? defaultOptions ), ...wanted };
		const state: LabState = { users: newUsers(), postIds: {}, ...known, options };
		writeState( state );
		try {
			return await start( state, context );
		} catch ( error ) {
			await stopEverything();
			throw error;
		}
	} );
}

async function start( state: LabState, context: Context ): Promise< LabState > {
	const { options, users } = state;
	const { log, signal } = context;
	// The slow parts at once; whatever fails, the others come to an end before we say so.
	const site = startSite( options, users, context );
	const machines = startMachines( options.servers, context );
	await Promise.allSettled( [ site, machines ] );
	const { wordpress, backend } = await site;
	const { provider, servers, withoutServers } = await machines;
	signal.throwIfAborted();
	const pairedAs = `${ options.wordpress }+${ options.database }`;
	if ( state.paired !== pairedAs ) {
		log( 'Pairing WordPress with the backend …' );
		await pair( wordpress.wp, backend );
		state.paired = pairedAs;
		writeState( state );
	}
	const connected = await connectServers( servers, { state, wordpress, log } );
	const { withoutServers: _before, ...kept } = state;
	const up: LabState = {
		...kept,
		...( withoutServers === undefined ? {} : { withoutServers } ),
		status: {
			wordpress: { url: wordpress.url, ...users },
			backend: { url: backend.url },
			provider,
			servers: connected,
			alerts: await startAlerts( { onNetwork: servers.length > 0 } ),
		},
	};
	writeState( up );
	return up;
}

async function startSite( options: LabOptions, users: LabState[ 'users' ], context: Context ) {
	const { log, signal } = context;
	log( 'Starting WordPress and the backend …' );
	const database: WordPressDatabase =
		options.wordpress === 'mariadb'
			? await startMariadb( context )
			: { kind: 'sqlite', dir: join( labPath, 'wordpress-sqlite' ) };
	const databaseUrl = options.database === 'postgres' ? { databaseUrl: await startPostgres( context ) } : {};
	await ( context.assets ?? ( () => ensurePluginAssets( context ) ) )();
	const wordpress = await startWordPress( { database, users, log, signal } );
	const backend = await startBackend( { ...databaseUrl, signal } );
	return { wordpress, backend };
}

function refuseOtherOptions( wanted: Partial< LabOptions >, running: LabOptions ): void {
	for ( const [ name, value ] of Object.entries( wanted ) ) {
		const current = running[ name as keyof LabOptions ];
		if ( ! isDeepStrictEqual( value, current ) ) {
			throw new Error( `The lab is up with --${ name } ${ current }. First: npm run lab -- down` );
		}
	}
}

function newUsers(): LabState[ 'users' ] {
	return {
		adminUser: 'admin',
		adminPassword: newPassword(),
		customerUser: 'customer',
		customerPassword: newPassword(),
	};
}

function newPassword(): string {
	return randomBytes( 12 ).toString( 'base64url' );
}
