import type { ConnectionView, OfferedAccount, ServerView } from '@email-gateway/shared';
import { accountsOf, type Account } from '../db/accounts.ts';
import type { Job } from '../db/jobs.ts';
import { onBackup } from '../db/on-backup.ts';
import { passwordOf } from '../db/places.ts';
import type { SecretStore } from '../db/secrets.ts';
import type { Server } from '../db/servers.ts';
import { settingsVersion, type SettingsVersion } from '../db/settings.ts';
import type { Db } from '../db/tables.ts';
import { watchOf } from '../db/watches.ts';
import { behindBackup } from '../servers/behind-backup.ts';
import type { Caller } from '../servers/caller.ts';
import { includedGateway, isOlder } from '../servers/defaults-access.ts';
import { installLine } from '../servers/key-line.ts';
import { auditSince, handedOver } from '../servers/ownership.ts';
import { gatewayState } from '../watch/gateway-state.ts';
import { stateSince } from '../watch/state-since.ts';
import { backupBody } from './backup.ts';
import { sandboxBody } from './sandbox.ts';

interface Parts {
	db: Db;
	secrets: SecretStore;
}

/** What the screen of a server shows besides its job, before anything is redacted. */
export async function serverBody(
	{ db, secrets }: Parts,
	server: Server,
	{ job, caller }: { job: Job | undefined; caller: Caller }
): Promise< Omit< ServerView, 'job' > > {
	const { siteId, serverId } = server;
	const submitted = await settingsVersion( db, { siteId, serverId }, server.submittedVersion );
	const installed = await settingsVersion( db, { siteId, serverId }, server.installedVersion );
	const accounts = await accountsOf( db, siteId );
	const defaultAccount = accounts.find( ( { isDefault } ) => isDefault );
	const seesDefaults = caller.may( 'manage_defaults' );
	const watch = await watchOf( db, server.id );
	const state = gatewayState( { server, job, watch, nowMs: Date.now() } );
	const active = await onBackup( { db, secrets }, server ).catch( () => null );
	return {
		serverId,
		managedKey: server.managedPublicKey === null ? null : keyBody( server.managedPublicKey ),
		connection: await connectionBody( { db, secrets }, server ),
		handedOver: handedOver( server ),
		gateway: {
			state,
			since: stateSince( state, { server, watch, knownSince: auditSince( server, caller ) } ),
			submitted: submitted ? versionBody( submitted ) : null,
			installed: installed ? versionBody( installed ) : null,
			passwordSaved: submitted ? await secrets.has( db, passwordOf( submitted ) ) : false,
			submittedIsInstalled: submitted !== undefined && submitted.version === installed?.version,
			account: seesDefaults && installed ? accountBody( installed, accounts ) : null,
			included: includedGateway( caller, server, {
				account: defaultAccount,
				installed: behindBackup( installed, active ),
			} ),
			lastTest: server.lastTest,
			...( await sandboxBody( { db, secrets }, server, caller ) ),
			backup: seesDefaults ? await backupBody( { db, secrets }, server, { installed, accounts } ) : null,
		},
		defaultsSaved: seesDefaults && defaultAccount !== undefined,
		accounts: seesDefaults ? accounts.map( offeredBody ) : [],
	};
}

/** The key made for a server, and the line that lets it in there. */
export const keyBody = ( publicKey: string ) => ( { publicKey, installLine: installLine( publicKey ) } );

async function connectionBody( { db, secrets }: Parts, server: Server ): Promise< ConnectionView | null > {
	if ( ! server.host || ! server.sshPort || ! server.sshUser || ! server.signIn ) {
		return null;
	}
	const isSaved = ( field: string ) => secrets.has( db, { table: 'servers', id: server.id, field } );
	return {
		host: server.host,
		sshPort: server.sshPort,
		sshUser: server.sshUser,
		signIn: server.signIn,
		passphraseSaved: await isSaved( 'passphrase' ),
		sudoPasswordSaved: await isSaved( 'sudo_password' ),
		hostKey: server.hostKey,
		lastLook: server.lastLook,
	};
}

function versionBody( { version, at, settings }: SettingsVersion ) {
	return { version, at: at.toISOString(), settings };
}

/** The account that is installed, unless it was deleted since. */
function accountBody( installed: SettingsVersion, accounts: readonly Account[] ) {
	const account = accounts.find( ( { id } ) => id === installed.account );
	return account ? { id: account.id, name: account.name, hasOlderValues: isOlder( installed, account ) } : null;
}

function offeredBody( { id, name, isDefault, settings }: Account ): OfferedAccount {
	const { smtpServer, smtpPort, userName, sendingDomain } = settings;
	return { id, name, isDefault, smtpServer, smtpPort, userName, sendingDomain };
}
