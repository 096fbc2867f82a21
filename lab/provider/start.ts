import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labNetwork, labPort } from '../network/addresses.ts';
import { waitForPort } from '../servers/cache.ts';
import { labPath, logPath } from '../system/paths.ts';
import { startProcess, stopProcess } from '../system/processes.ts';
import { openAccounts } from './accounts.ts';
import { ensureCertificates } from './certificates.ts';
import type { ProviderConfig } from './provider.ts';

/** The name that people type as SMTP server; every lab server's hosts file knows it. */
export const providerHost = 'smtp.provider.test';

/** The resolver of the lab on this machine's loopback, for the backend: port 53 is for the servers. */
export const labResolver = `127.0.0.1:${ labPort( labPath, 'dns' ) }`;

const user = 'gateway@example.test';
const folder = join( labPath, 'provider' );

/** The running provider as its users see it. */
export type Provider = {
	host: string;
	port: number;
	user: string;
	/** The password it was first given; tests may have changed it since. */
	password: string;
	caFile: string;
	inboxUrl: string;
	/** `address:port` of the DNS that knows all zones of the lab, for this machine. */
	resolver: string;
};

/** @return the certificate of the provider's authority, made at the first call */
export function ensureProviderCa(): Promise< string > {
	return ensureCertificates( join( folder, 'tls' ), providerHost );
}

/**
 * Starts the mail provider; one that runs with the same addresses is left alone.
 *
 * @param hostAddress the host's address on the servers' network; without it (no root, no servers) the provider
 *                    takes high ports on loopback
 */
export async function startProvider( { hostAddress }: { hostAddress?: string | undefined } ): Promise< Provider > {
	const caFile = await ensureProviderCa();
	const password = ensureAccount();
	const inboxPort = labPort( labPath, 'inbox' );
	const smtp = hostAddress
		? { address: hostAddress, starttls: [ 587, 2525 ], implicit: [ 465 ] }
		: {
				address: '127.0.0.1',
				starttls: [ labPort( labPath, 'submission' ) ],
				implicit: [ labPort( labPath, 'submissions' ) ],
		  };
	const config: ProviderConfig = {
		name: providerHost,
		folder,
		smtp,
		inboxPort,
		dns: [
			{ address: '127.0.0.1', port: labPort( labPath, 'dns' ) },
			...( hostAddress ? [ { address: hostAddress, port: 53 } ] : [] ),
		],
		...( hostAddress ? { webAddress: labNetwork( labPath ).webAddress } : {} ),
	};
	const configFile = join( folder, 'config.json' );
	const text = JSON.stringify( config );
	if ( ! existsSync( configFile ) || readFileSync( configFile, 'utf8' ) !== text ) {
		await stopProvider();
		writeFileSync( configFile, text );
	}
	const main = join( import.meta.dirname, 'main.ts' );
	await startProcess( 'provider', [ process.execPath, main, configFile ], {
		logFile: join( logPath, 'provider.log' ),
	} );
	await waitForPort( '127.0.0.1', inboxPort, 20_000 );
	return {
		host: hostAddress ? providerHost : 'localhost',
		port: smtp.starttls[ 0 ] ?? 587,
		user,
		password,
		caFile,
		inboxUrl: `http://127.0.0.1:${ inboxPort }`,
		resolver: labResolver,
	};
}

/** Stops the provider; messages and accounts stay. */
export function stopProvider(): Promise< void > {
	return stopProcess( 'provider' );
}

function ensureAccount(): string {
	mkdirSync( folder, { recursive: true, mode: 0o700 } );
	const file = join( folder, 'first-password' );
	if ( existsSync( file ) ) {
		return readFileSync( file, 'utf8' );
	}
	const password = randomBytes( 12 ).toString( 'base64url' );
	openAccounts( join( folder, 'accounts.json' ) ).set( user, password );
	writeFileSync( file, password, { mode: 0o600 } );
	return password;
}
