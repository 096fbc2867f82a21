import { sql } from 'kysely';
import { askedWithinAnHour } from './recent-jobs.ts';
import type { Db } from './tables.ts';

interface Asked {
	siteId: string;
	login: string;
	smtpServer: string;
	userName: string;
}

/**
 * Sign-ins for routes within the last hour, checked or set: by this person, and with this account by everybody at the site.
 * Those with a saved account do not count: nobody guesses there, and that an account is saved would show. Nor does a switch back
 * from a backup.
 */
export function recentRouteSignIns(
	db: Db,
	{ siteId, login, smtpServer, userName }: Asked
): Promise< { ofPerson: number; ofAccount: number } > {
	const isAccount = sql< boolean >`request ->> 'smtpServer' = ${ smtpServer } and lower(request ->> 'userName') = lower(${ userName })`;
	const which = sql< boolean >`verb in ('check_route', 'set_route') and request ->> 'account' is null and not request ? 'backup'`;
	return askedWithinAnHour( db, { siteId, login, isAccount, which } );
}
