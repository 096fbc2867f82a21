import type { MailEntry } from '@email-gateway/shared';
import { csv } from '../ui/csv.ts';

/** Of servers, by id; null where all are of one server. */
type Names = ReadonlyMap< number, string > | null;

/** Times in UTC as ISO 8601; words of the contract, so that programs can read it. */
const columns: readonly ( readonly [ string, ( entry: MailEntry, servers: Names ) => string | number | null ] )[] = [
	[ 'at', ( { at } ) => at ],
	[ 'server', ( { serverId }, servers ) => servers?.get( serverId ) ?? serverId ],
	[ 'origin', ( { origin } ) => origin ],
	[ 'unix_user', ( { site } ) => site ],
	[ 'sender', ( { sender } ) => sender ],
	[ 'from_domain', ( { fromDomain } ) => fromDomain ],
	[ 'recipient', ( { recipient } ) => recipient ],
	[ 'bytes', ( { bytes } ) => bytes ],
	[ 'outcome', ( { outcome } ) => outcome ],
	[ 'cause', ( { cause } ) => cause ],
	[ 'code', ( { enhancedCode } ) => enhancedCode ],
	[ 'reply', ( { reply } ) => reply ],
	[ 'relay', ( { relay } ) => relay ],
	[ 'tls', ( { tlsVersion } ) => tlsVersion ],
	[ 'tries', ( { tries } ) => tries ],
	[ 'delay_ms', ( { delayMs } ) => delayMs ],
	[ 'tried_at', ( { triedAt } ) => triedAt ],
	[ 'queue_id', ( { queueId } ) => queueId ],
];

export const mailCsv = ( entries: readonly MailEntry[], servers: Names ): string =>
	csv( [
		columns.map( ( [ name ] ) => name ),
		...entries.map( ( entry ) => columns.map( ( [ , of ] ) => String( of( entry, servers ) ?? '' ) ) ),
	] );
