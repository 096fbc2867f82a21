import type { Db } from '../db/tables.ts';
import type { Mail } from './mail.ts';

/**
 * What the log of one server may cost a day (UTC): half a million recipients, or three times as many changes of known ones.
 * No server of sites sends that much. One that is lost to somebody else can write lines without end, and would fill the
 * database, which all servers share.
 */
export const mostADay = 1_500_000;
/** A row that is new stays for weeks; one that is written again takes its own place. */
const costOfNew = 3;

const dayMs = 86_400_000;
export const dayOf = ( now = Date.now() ): number => Math.floor( now / dayMs );

interface Spent {
	spent: number;
	/** Days since the epoch; null: nothing was spent yet. */
	spentDay: number | null;
}

export const spentToday = ( { spent, spentDay }: Spent, now = Date.now() ): number =>
	spentDay === dayOf( now ) ? spent : 0;

/**
 * What it costs to write messages in the place of what was known of them.
 *
 * @param unlisted how many unlisted senders are written, too
 */
export function costOf( before: readonly Mail[], after: readonly Mail[], unlisted: number ): number {
	const rows = ( mails: readonly Mail[] ) => mails.reduce( ( sum, { recipients } ) => sum + recipients.length, 0 );
	const grown = Math.max( 0, rows( after ) - rows( before ) );
	return rows( after ) + unlisted + ( costOfNew - 1 ) * grown;
}

/** Whether nothing more of a server's log is kept today, but for a piece that is small. */
export async function isFull( db: Db, server: string ): Promise< boolean > {
	const row = await db
		.selectFrom( 'mailLogs' )
		.select( [ 'spent', 'spentDay' ] )
		.where( 'server', '=', server )
		.executeTakeFirst();
	return row !== undefined && spentToday( row ) >= mostADay;
}
