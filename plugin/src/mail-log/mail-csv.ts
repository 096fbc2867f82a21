import type { MailEntry } from '@email-gateway/shared';
import { csv } from '../ui/csv.ts';

/** Times in UTC as ISO 8601; words of the contract, so that programs can read it. */
const columns: readonly ( readonly [ string, ( entry: MailEntry ) => string | number | null ] )[] = [
	[ 'at', ( { at } ) => at ],
	[ 'server', ( { serverId } ) => serverId ],
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

export const mailCsv = ( entries: readonly MailEntry[] ): string =>
	csv( [
		columns.map( ( [ name ] ) => name ),
		...entries.map( ( entry ) => columns.map( ( [ , of ] ) => String( of( entry ) ?? '' ) ) ),
	] );
