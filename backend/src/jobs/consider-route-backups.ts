import type { App } from '../app.ts';
import { accountOf } from '../db/accounts.ts';
import { backupOn, routesWithBackup, type Backup } from '../db/backup.ts';
import { routeOfUid, routesOn, type KeptRoute } from '../db/routes.ts';
import { settingsVersion } from '../db/settings.ts';
import { switchesOf, failedWith } from '../db/switches.ts';
import { goOn, keepWaiting, waitingBefore, type WaitingOfRoute } from '../db/waiting-of-routes.ts';
import { lastAcceptedBy } from '../ledger/by-provider.ts';
import { causesOfUser } from '../ledger/waiting-of-route.ts';
import { isSameProvider } from '../servers/backup-account.ts';
import { stepBackup, type BackupKnown } from '../watch/backup-switch.ts';
import { isOfDay } from '../watch/limit-of-day.ts';
import { askSwitch } from './ask-switch.ts';
import { checkFirst } from './check-first.ts';
import { loggingFailures, type Looked } from './consider-backup.ts';
import { routeSwitchBackRequest, routeSwitchRequest } from './route-switch-request.ts';

/** What a look means for the backups of a server's routes: of each what it means for that of the server, by its own mail. */
export async function considerRouteBackups( app: App, looked: Looked ): Promise< void > {
	const { server } = looked;
	const uids = await routesWithBackup( app.db, server );
	const routes = uids.length > 0 ? await routesOn( app, server ).catch( () => null ) : null;
	for ( const uid of uids ) {
		const route = routes && routeOfUid( routes, uid );
		const backup = await backupOn( app, server, uid ).catch( () => null );
		if ( route && backup?.rules.automatic ) {
			await loggingFailures( app, looked, () => considerRoute( app, looked, { route, backup } ) );
		}
	}
}

interface Of {
	route: KeptRoute;
	backup: Backup;
}

async function considerRoute( app: App, looked: Looked, { route, backup }: Of ): Promise< void > {
	const { server } = looked;
	const { uid, onBackup } = route;
	const known = await knownOf( app, looked, { route, backup } );
	if ( ! known ) {
		return;
	}
	let step = stepBackup( known );
	if ( step.do === 'check' && onBackup && ( await isProvedNow( app, looked, { route, backup } ) ) ) {
		step = stepBackup( { ...known, proved: { at: Date.now(), by: 'sign_in' } } );
	}
	if ( step.do !== 'switch' && step.do !== 'back' ) {
		return;
	}
	const to = step.do === 'switch' ? step.why : null;
	await askSwitch( app, looked, {
		...{ backup, to, uid },
		isStill: async ( tx ) => {
			const now = routeOfUid( await routesOn( { db: tx, secrets: app.secrets }, server ), uid );
			return JSON.stringify( now ) === JSON.stringify( route );
		},
		request: ( tx, of ) =>
			to === null
				? routeSwitchBackRequest( app, tx, { ...of, uid } )
				: routeSwitchRequest( app, tx, { ...of, uid }, to ),
	} );
}

/** Null where there is nothing to decide. */
async function knownOf( { db }: App, { server, mail }: Looked, { route, backup }: Of ): Promise< BackupKnown | null > {
	const { uid, onBackup, smtpServer: host } = route;
	const of = { server: server.id, uid };
	const before = await waitingBefore( db, of );
	const since = new Date( route.accountAt ?? route.at );
	const now = onBackup ? [] : goOn( before, await causesOfUser( db, { ...of, since } ) );
	await keepWaiting( db, of, now );
	if ( ! onBackup && now.length === 0 ) {
		return null;
	}
	const account = await accountOf( db, { siteId: server.siteId, id: backup.rules.account } );
	const firstOf = onBackup?.first.account;
	const first = firstOf ? await accountOf( db, { siteId: server.siteId, id: firstOf.id } ) : null;
	const { switched, failed } = await switchesOf( db, server, uid );
	// the log keeps the cause, the queue the words that tell a limit of a day from a shorter one
	const isThrottled = mail.reasons.some( ( one ) => one.route?.uid === uid && ! isOfDay( one ) );
	const counting = now.filter( ( { cause } ) => cause !== 'quota_exceeded' || ! isThrottled );
	const accepted = onBackup ? null : await lastAcceptedBy( db, { ...of, host } );
	return {
		rules: backup.rules,
		sameProvider: isSameProvider( onBackup?.first ?? route, account.settings ),
		active: onBackup && { since: Date.parse( onBackup.since ), why: onBackup.why },
		...{ reasons: counting.map( inSeconds ), before: before.map( inSeconds ) },
		acceptedAt: accepted?.getTime() ?? null,
		proved: first?.provedAt && first.provedBy ? { at: first.provedAt.getTime(), by: first.provedBy } : null,
		...{ switchedAt: switched.map( Number ), failedAt: failed.map( Number ), at: Date.now() },
		failedOfAccount: await failedWith( db, { siteId: server.siteId, account: account.id } ),
	};
}

const inSeconds = ( { cause, since, lastAt }: WaitingOfRoute ) => ( {
	...{ cause, since: since / 1000, lastAt: lastAt / 1000 },
} );

/** Whether the first account of a route signs in now, as often as that may be tried. */
async function isProvedNow( app: App, looked: Looked, { route, backup }: Of ): Promise< boolean > {
	const installed = await settingsVersion( app.db, looked.server, looked.server.installedVersion );
	if ( ! installed || ! route.onBackup ) {
		return false;
	}
	const { account, password, ...signIn } = route.onBackup.first;
	const first = { settings: { ...installed.settings, ...signIn }, account, password };
	return checkFirst( app, { ...looked, isFree: backup.by.administrator }, first );
}
