import type { BackupView, RouteView, UnlistedSender } from '@email-gateway/shared';
import type { Account } from '../db/accounts.ts';
import type { KeptRoute } from '../db/routes.ts';
import type { UnlistedSenders } from '../ledger/unlisted-senders.ts';

export interface ShownTo {
	/** Of the site. */
	accounts: readonly Account[];
	/** Whether this person is shown them. */
	seesAll: boolean;
}

/**
 * A route, without its password; a saved account, and the backup, only for who may manage those. For everybody else the account
 * does not change while it sends by its backup.
 */
export function shownRoute( route: KeptRoute, { accounts, seesAll }: ShownTo, backup: BackupView | null ): RouteView {
	const { senders, sendAs, at, by, onBackup } = route;
	const { account, smtpServer, smtpPort, userName } = ( ! seesAll && onBackup?.first ) || route;
	const of = { senders, sendAs, at, by, backup };
	if ( account && ! seesAll ) {
		return { account: null, ...of };
	}
	const saved = account && accounts.find( ( { id } ) => id === account.id );
	return {
		...of,
		account: {
			...{ smtpServer, smtpPort, userName },
			saved: saved ? { id: saved.id, name: saved.name, hasOlderValues: account.version < saved.version } : null,
		},
	};
}

/** Senders that a user used and that are not its own by now: without a route those of others, for no other is listed. */
export function shownUnlisted(
	unlisted: readonly UnlistedSenders[],
	uid: number,
	routes: readonly Pick< KeptRoute, 'uid' | 'senders' >[]
): UnlistedSender[] {
	const own = routes.find( ( route ) => route.uid === uid );
	const isIn = ( senders: readonly string[], sender: string ) =>
		senders.includes( sender ) || senders.includes( sender.slice( sender.lastIndexOf( '@' ) + 1 ) );
	const isUnlisted = ( sender: string ) =>
		own ? ! isIn( own.senders, sender ) : routes.some( ( { senders } ) => isIn( senders, sender ) );
	return unlisted
		.filter( ( one ) => Number( one.uid ) === uid && isUnlisted( one.sender ) )
		.map( ( { sender, held, refused, lastAt } ) => ( { sender, held, refused, lastAt: lastAt.toISOString() } ) );
}
