import { sql, type RawBuilder } from 'kysely';
import type { Db } from './tables.ts';

/** How many jobs of some kind one person of a site asked for within the last hour, and how many are about one account. */
export async function askedWithinAnHour(
	db: Db,
	asked: { siteId: string; login: string; isAccount: RawBuilder< boolean >; which: RawBuilder< boolean > }
): Promise< { ofPerson: number; ofAccount: number } > {
	const isPerson = sql< boolean >`asked_by ->> 'login' = ${ asked.login }`;
	const { ofPerson, ofAccount } = await db
		.selectFrom( 'jobs' )
		.select( ( { fn } ) => [
			fn.countAll().filterWhere( isPerson ).as( 'ofPerson' ),
			fn.countAll().filterWhere( asked.isAccount ).as( 'ofAccount' ),
		] )
		.where( 'siteId', '=', asked.siteId )
		.where( asked.which )
		.where( 'createdAt', '>', new Date( Date.now() - 3600_000 ) )
		.executeTakeFirstOrThrow();
	return { ofPerson: Number( ofPerson ), ofAccount: Number( ofAccount ) };
}
