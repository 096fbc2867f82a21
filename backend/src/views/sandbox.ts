import type { SandboxView, ServerView } from '@email-gateway/shared';
import { sandboxOn, type Sandbox } from '../db/sandbox.ts';
import type { SecretStore } from '../db/secrets.ts';
import { sitesOn } from '../db/server-sites.ts';
import type { Server } from '../db/servers.ts';
import type { Db } from '../db/tables.ts';
import type { Caller } from '../servers/caller.ts';
import { auditSince } from '../servers/ownership.ts';

interface Parts {
	db: Db;
	secrets: SecretStore;
}

/** What a screen tells of a server's sandbox, and of sites that may want one. */
export async function sandboxBody(
	{ db, secrets }: Parts,
	server: Server,
	caller: Caller
): Promise< Pick< ServerView[ 'gateway' ], 'sandbox' | 'notProduction' > > {
	// what we did not write is not shown, and stops an install
	const sandbox = await sandboxOn( { db, secrets }, server ).catch( () => null );
	const { sites } = await sitesOn( db, server );
	const notProduction = sites.flatMap( ( { domain, folder, environment } ) =>
		environment === null || environment === 'production' ? [] : { name: domain ?? folder, environment }
	);
	return { sandbox: sandbox && shown( sandbox, server, caller ), notProduction: notProduction.slice( 0, 3 ) };
}

function shown( { rules, at, by }: Sandbox, server: Server, caller: Caller ): SandboxView {
	const since = auditSince( server, caller );
	const isOthers = since !== null && new Date( at ) < since && by !== caller.actor.login;
	const { mailbox, allowed } = rules.kind === 'redirect' ? rules : { mailbox: null, allowed: [] };
	return {
		...{ kind: rules.kind, at },
		...( isOthers ? { mailbox: null, allowed: [], by: null } : { mailbox, allowed, by } ),
	};
}
