import type { IncidentDetail } from '../db/alert-tables.ts';
import { duration } from './duration.ts';

/** By how much, what comes of it, and what to do; it may be the backend's clock that is wrong. */
export function clockText( {
	host,
	detail: { aheadS = 0 },
}: {
	host: string;
	detail: Pick< IncidentDetail, 'aheadS' >;
} ): string {
	const by = duration( Math.abs( aheadS ) * 1000 );
	return `The clock of ${ host } is ${ by } ${
		aheadS < 0 ? 'behind' : 'ahead of'
	} that of the backend. With a wrong clock valid certificates are refused, and mail carries wrong dates. Turn on time synchronisation there (timedatectl set-ntp true). If all servers are said to be wrong, correct the clock of the backend.`;
}
