import type { App } from '../app.ts';
import { accountOf, noteProved } from '../db/accounts.ts';
import { passwordOfAccount } from '../db/choose-password.ts';
import type { OnBackup } from '../db/on-backup.ts';
import type { Server } from '../db/servers.ts';
import { claimSignInCheck, noteSignInCheck } from '../db/sign-in-checks.ts';
import { isFailure } from '../errors.ts';
import type { Remote } from '../ssh/remote.ts';
import { Secret } from '../vault/secret.ts';

/** A provider that hangs costs a look so long. */
const longestMs = 10_000;

/**
 * Signs in, from the server, with the account that it or a route had before its backup, as often as that account allows. An account of the
 * site is then proved for all its servers.
 *
 * @param isFree whether it may reach what administrators may
 */
export async function checkFirst(
	app: App,
	{ server, remote, stopping, isFree }: { server: Server; remote: Remote; stopping: AbortSignal; isFree: boolean },
	first: OnBackup[ 'first' ]
): Promise< boolean > {
	const { siteId } = server;
	const account = first.account && ( await accountOf( app.db, { siteId, id: first.account.id } ) );
	const settings = { ...first.settings, ...account?.settings };
	const password = account ? await passwordOfAccount( app, app.db, account ) : new Secret( first.password ?? '' );
	const { smtpServer, userName } = settings;
	const key = app.vault.digest( JSON.stringify( [ siteId, smtpServer, userName, password.reveal() ] ) );
	if ( ! ( await claimSignInCheck( app.db, key ) ) ) {
		return false;
	}
	const isAccepted = await app.tools
		.preflight( remote, {
			...{ settings, password, signal: AbortSignal.any( [ stopping, AbortSignal.timeout( longestMs ) ] ) },
			...( ! isFree && {
				reach: { mayReachLocalAddresses: false, allowedPrivateRanges: app.config.allowedPrivateRanges },
			} ),
		} )
		.then(
			// where the server forwards nothing, nobody was asked
			( { skipped } ) => skipped === undefined,
			( error: unknown ) => {
				stopping.throwIfAborted();
				app.log.info(
					{ server: server.id, code: isFailure( error ) ? error.code : null },
					'the first account does not sign in yet'
				);
				return false;
			}
		);
	await noteSignInCheck( app.db, key, isAccepted );
	if ( isAccepted && account ) {
		await noteProved( app.db, { siteId, id: account.id, version: account.version, by: 'sign_in' } );
	}
	return isAccepted;
}
