import type { IncidentDetail } from '../db/alert-tables.ts';

const megabytes = ( bytes: number ) => `${ Math.floor( bytes / 1_000_000 ) } MB`;
const todo = 'Delete what is not needed there, for example old backups, or make the disk larger.';

/** How little is left, what happens with less, and what to do before. */
export function roomText( {
	host,
	detail: { room },
}: {
	host: string;
	detail: Pick< IncidentDetail, 'room' >;
} ): string {
	if ( ! room ) {
		return `Little room is left for mail on ${ host }. ${ todo }`;
	}
	const { of, folder, freeBytes, freeFiles, lacks, refusesBelowBytes } = room;
	const left = lacks === 'files' ? `${ freeFiles ?? 0 } more files (inodes)` : megabytes( freeBytes );
	if ( of === 'log' ) {
		return `Only ${ left } are left for the mail log on ${ host } (${ folder }). Without room mail still goes out, but the Mail Log and test emails do not see it. ${ todo }`;
	}
	if ( lacks === 'files' ) {
		return `Only ${ left } are left for mail on ${ host } (${ folder }). Without any no site can send. Delete files that are not needed there, for example old sessions and caches.`;
	}
	return freeBytes <= refusesBelowBytes
		? `Only ${ left } are left for mail on ${ host } (${ folder }), so Postfix refuses what sites send by SMTP. Once nothing is left, no site can send. ${ todo } What waits is kept.`
		: `Only ${ left } are left for mail on ${ host } (${ folder }). Below ${ megabytes(
				refusesBelowBytes
		  ) } Postfix refuses what sites send by SMTP; once nothing is left, no site can send. ${ todo }`;
}
