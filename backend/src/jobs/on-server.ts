import type { App } from '../app.ts';
import { forSite } from '../db/for-site.ts';
import { holdServer, type Server } from '../db/servers.ts';
import type { Tx } from '../db/tables.ts';
import { heldFor, jobActor, type Caller, type OfServer } from '../servers/caller.ts';
import { refuseUnready } from '../servers/readiness.ts';
import { askForJob, type Asked } from './ask.ts';
import type { JobRequest } from './request.ts';

/** What a request asks for, beside who asks and on which server. */
type Wish = Pick< Asked, 'password' > & { request: JobRequest };

/**
 * Queues a job on a server that is ready for one, in one transaction with what `decide` changes.
 * Errors: those of refuseUnready, of `decide` and of askForJob.
 */
export function onReadyServer(
	app: App,
	caller: Caller & OfServer,
	decide: ( tx: Tx, server: Server ) => Promise< Wish >
): Promise< { jobId: string } > {
	return forSite( app.db, caller.site, async ( tx ) => {
		const server = await holdServer( tx, app.vault, heldFor( caller ) );
		refuseUnready( server, caller.connection );
		return askOn( app, tx, server, await decide( tx, server ), caller );
	} );
}

/** Queues a job for who asks. Errors: those of askForJob. */
export const askOn = (
	app: App,
	tx: Tx,
	server: Server,
	{ request, ...wish }: Wish,
	caller: Caller
): Promise< { jobId: string } > =>
	askForJob( app, tx, { ...wish, server, request, askedBy: jobActor( caller ), connection: caller.connection } );

/** Queues a check of the connection as it is after `change`. */
export function thenCheck(
	app: App,
	caller: Caller & OfServer,
	change: ( tx: Tx ) => Promise< void >
): Promise< { jobId: string } > {
	return forSite( app.db, caller.site, async ( tx ) => {
		await change( tx );
		const server = await holdServer( tx, app.vault, heldFor( caller ) );
		return askOn( app, tx, server, { request: { verb: 'check_connection' } }, caller );
	} );
}
