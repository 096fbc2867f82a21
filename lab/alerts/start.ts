import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labNetwork, labPort } from '../network/addresses.ts';
import { ensureProviderCa } from '../provider/start.ts';
import { waitForPort } from '../servers/cache.ts';
import { labPath, logPath } from '../system/paths.ts';
import { startProcess, stopProcess } from '../system/processes.ts';
import type { ReceiverConfig } from './receiver.ts';

/** Where alerts of the lab go, and where they are listed. */
export interface LabAlerts {
	/** `GET`: what came, newest first; `DELETE` forgets it; `PUT { "signingSecret" }` has signatures checked. */
	url: string;
	/** What a person types as webhook. */
	webhook: string;
	/** What a person types for alerts by e-mail. Its certificate is of the lab's own authority. */
	email: { host: string; port: number; user: string; password: string; recipient: string };
}

const folder = join( labPath, 'alerts' );

/**
 * Starts the receiver of alerts, or takes the one that runs.
 *
 * @param onNetwork whether there is a network of servers: webhooks need the usual port, which is free there only
 */
export async function startAlerts( { onNetwork }: { onNetwork: boolean } ): Promise< LabAlerts > {
	mkdirSync( folder, { recursive: true, mode: 0o700 } );
	const tls = join( await ensureProviderCa(), '..' );
	const address = onNetwork ? labNetwork( labPath ).alertsAddress : '127.0.0.1';
	const config: ReceiverConfig = {
		address,
		webhookPort: onNetwork ? 443 : labPort( labPath, 'alerts webhook' ),
		mailPort: onNetwork ? 587 : labPort( labPath, 'alerts mail' ),
		listPort: labPort( labPath, 'alerts' ),
		mailbox: { user: 'alerts@example.test', password: password(), recipient: 'oncall@example.org' },
	};
	const file = join( folder, 'config.json' );
	writeFileSync( file, JSON.stringify( config ), { mode: 0o600 } );
	const main = join( import.meta.dirname, 'main.ts' );
	const argv = [ process.execPath, main, file, join( tls, 'alerts.crt' ), join( tls, 'alerts.key' ) ];
	await startProcess( 'alerts', argv, { logFile: join( logPath, 'alerts.log' ) } );
	await waitForPort( '127.0.0.1', config.listPort, 20_000 );
	const at = config.webhookPort === 443 ? address : `${ address }:${ config.webhookPort }`;
	return {
		url: `http://127.0.0.1:${ config.listPort }/`,
		webhook: `https://${ at }/webhook`,
		email: { host: address, port: config.mailPort, ...config.mailbox },
	};
}

export const stopAlerts = (): Promise< void > => stopProcess( 'alerts' );

function password(): string {
	const file = join( folder, 'password' );
	if ( ! existsSync( file ) ) {
		writeFileSync( file, randomBytes( 12 ).toString( 'base64url' ), { mode: 0o600 } );
	}
	return readFileSync( file, 'utf8' );
}
