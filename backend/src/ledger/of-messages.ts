import type { Db } from '../db/tables.ts';
import { withRoutes } from './routes.ts';
import type { MailRow } from './rows.ts';
import type { SearchedLog } from './searched-log.ts';

/** All recipients of one message. */
export function messageRows( db: Db, { log, since }: SearchedLog, queueId: string ): Promise< MailRow[] > {
	const query = withRoutes( db ).where( 'log', '=', log ).where( 'queueId', '=', queueId ).orderBy( 'n' );
	return ( since ? query.where( 'at', '>=', since ) : query ).execute();
}

/** So many recipients of a message are told where it is one of many. */
const toldOfEach = 20;

/** The first recipients of some messages. */
export async function rowsOfMessages(
	db: Db,
	{ log, since }: SearchedLog,
	queueIds: readonly string[]
): Promise< MailRow[] > {
	if ( queueIds.length === 0 ) {
		return [];
	}
	const query = withRoutes( db )
		.where( 'log', '=', log )
		.where( 'queueId', 'in', queueIds )
		.where( 'n', '<', toldOfEach )
		.orderBy( 'n' );
	return ( since ? query.where( 'at', '>=', since ) : query ).execute();
}
