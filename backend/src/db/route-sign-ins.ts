import { sql } from 'kysely';
import type { Db } from './tables.ts';

interface Asked {
	siteId: string;
	login: string;
	smtpServer: string;
	userName: string;
}

/**
 * Sign-ins for routes within the last hour, checked or set: by this person, and with this account by everybody at the site.
 * Those with a saved account do not count: nobody guesses there, and that an account is saved would show.
 */
export async function recentRouteSignIns(
	db: Db,
	{ siteId, login, smtpServer, userName }: Asked
): Promise< { ofPerson: number; ofAccount: number } > {
	const isPerson = sql< boolean >`asked_by ->> 'login' = ${ login }`;
	const isAccount = sql< boolean >`request ->> 'smtpServer' = ${ smtpServer } and lower(request ->> 'userName') = lower(${ userName })`;
	const { ofPerson, ofAccount } = await db
		.selectFrom( 'jobs' )
		.select( ( { fn } ) => [
			fn.countAll().filterWhere( isPerson ).as( 'ofPerson' ),
			fn.countAll().filterWhere( isAccount ).as( 'ofAccount' ),
		] )
		.where( 'siteId', '=', siteId )
		.where( 'verb', 'in', [ 'check_route', 'set_route' ] )
		.where( sql< boolean >`request ->> 'account' is null` )
		.where( 'createdAt', '>', new Date( Date.now() - 3600_000 ) )
		.executeTakeFirstOrThrow();
	return { ofPerson: Number( ofPerson ), ofAccount: Number( ofAccount ) };
}
