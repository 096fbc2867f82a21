import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabOptions } from './options.ts';
import type { ServerKind } from './servers/kinds.ts';
import { labPath } from './system/paths.ts';
import type { LabAlerts } from './alerts/start.ts';
import type { LabSite } from './sites/site.ts';
import type { SiteUsers } from './wordpress/install.ts';

export interface LabServer {
	name: string;
	kind: ServerKind;
	host: string;
	sshPort: number;
	sshUser: string;
	/** Absolute path of a private key that opens the server for tests, mode 600. */
	keyFile: string;
	/** The server's post in WordPress. */
	postId: number;
	owner: 'admin' | 'customer';
}

export interface LabProvider {
	/** The name a user types, resolvable on the servers. */
	host: string;
	port: number;
	user: string;
	password: string;
	caFile: string;
	inboxUrl: string;
	/** `address:port` of the DNS that knows all zones of the lab, for this machine; the servers ask port 53. */
	resolver: string;
}

/** What `status --json` prints. */
export interface LabStatus {
	wordpress: { url: string } & SiteUsers;
	backend: { url: string };
	provider: LabProvider;
	servers: LabServer[];
	/** What `npm run lab -- site` made, oldest first. */
	sites: LabSite[];
	alerts: LabAlerts;
}

/** The same without what outlives it. */
export type UpStatus = Omit< LabStatus, 'sites' >;

/** What is kept between two starts. */
export interface LabState {
	options: LabOptions;
	users: SiteUsers;
	/** Set while the lab is up. */
	status?: UpStatus;
	/** They are on the servers, also while the lab is down. */
	sites?: LabSite[];
	/** Why there are no servers, where there are none. */
	withoutServers?: string;
	/** Posts of the servers, by kind of WordPress database and name of the server: `sqlite:s1`. */
	postIds: Record< string, number >;
	/** The kinds of WordPress's and the backend's database when they were paired: `sqlite+pglite`. */
	paired?: string;
}

const stateFile = () => join( labPath, 'state.json' );

/** The state of this lab, or undefined before its first start. */
export function readState(): LabState | undefined {
	return existsSync( stateFile() ) ? ( JSON.parse( readFileSync( stateFile(), 'utf8' ) ) as LabState ) : undefined;
}

/** Writes the state so that a reader never sees half of it; it holds passwords, hence its mode. */
export function writeState( state: LabState ): void {
	mkdirSync( labPath, { recursive: true, mode: 0o700 } );
	const partial = `${ stateFile() }.${ process.pid }`;
	writeFileSync( partial, `${ JSON.stringify( state, null, '\t' ) }\n`, { mode: 0o600 } );
	renameSync( partial, stateFile() );
}
