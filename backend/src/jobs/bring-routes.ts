import { recordOf } from '../db/change-server.ts';
import { jobPassword } from '../db/places.ts';
import { keepRoutes, type KeptAccount, type KeptRoutes } from '../db/routes.ts';
import { rulesOn } from '../db/rules.ts';
import type { Db } from '../db/tables.ts';
import { GatewayError } from '../errors.ts';
import type { Facts } from '../gateway/facts.ts';
import type { Remote } from '../ssh/remote.ts';
import { changeRules, installedForChange } from './change-rules.ts';
import type { JobContext } from './context.ts';
import { flushStep } from './flush-step.ts';
import { preflightStep } from './preflight-step.ts';

/**
 * Signs in with the account of a route, from the server, once. Gives it with its password.
 * Errors: password_required, provider_*, those of installedForChange.
 */
export async function signedIn(
	context: JobContext,
	remote: Remote,
	{ facts, account }: { facts: Facts; account: Omit< KeptAccount, 'password' > }
): Promise< KeptAccount > {
	const { app, job } = context;
	const password = await app.secrets.read( app.db, jobPassword( job ) );
	if ( ! password ) {
		throw new GatewayError( 'password_required' );
	}
	const { settings } = await installedForChange( context, facts );
	if ( ! context.isApplying() ) {
		const { account: saved, ...signIn } = account;
		await preflightStep( context, remote, { settings: { ...settings, ...signIn }, password, saved: [ saved ] } );
	}
	return { ...account, password: password.reveal() };
}

/**
 * Brings other routes to the server. With `retry` what waits is tried at once, as after an install: an account that was just
 * signed in with may be what it waits for. Errors: those of rulesOn and changeRules.
 */
export async function bringRoutes< Result >(
	context: JobContext,
	remote: Remote,
	{ facts, next, result, retry = false, alsoRecord }: Bringing< Result >
) {
	const { app, server } = context;
	const rules = await rulesOn( app, server, next );
	const lastLook = await changeRules( context, remote, { facts, next: rules } );
	if ( retry && facts.queue > 0 ) {
		await flushStep( context, remote, { queue: facts.queue } );
	}
	/** With what else is known by now of the same routes. */
	const keep = async ( tx: Db, routes: KeptRoutes ) => {
		await keepRoutes( { db: tx, secrets: app.secrets }, server, routes );
		await recordOf( tx, server, { lastLook } );
		await alsoRecord?.( tx );
	};
	return { result, keep, record: ( tx: Db ) => keep( tx, next ) };
}

interface Bringing< Result > {
	facts: Facts;
	next: KeptRoutes;
	result: Result;
	retry?: boolean;
	/** What is written in the same transaction. */
	alsoRecord?( tx: Db ): Promise< unknown >;
}
