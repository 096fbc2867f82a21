import { __, sprintf } from '@wordpress/i18n';
import type { FileSystem, Observation } from '@email-gateway/shared';
import { wholeNumber } from './numbers.ts';

const megabytes = ( bytes: number ) => wholeNumber( Math.floor( bytes / 1_000_000 ) );

function words( { of, folder, freeBytes, freeFiles, lacks, refusesBelowBytes }: FileSystem ): string {
	if ( lacks === 'files' ) {
		return sprintf(
			/* translators: 1: a folder on the server, 2: a number of files */
			__(
				'In %1$s there is room for only %2$s more files (inodes). With none left, no site can send. Delete files that are not needed there, for example old sessions and caches.',
				'email-gateway'
			),
			folder,
			wholeNumber( freeFiles ?? 0 )
		);
	}
	if ( of === 'log' ) {
		return sprintf(
			/* translators: 1: number of megabytes, 2: a folder on the server */
			__(
				'Only %1$s MB are left for the mail log in %2$s. Without room mail still goes out, but the Mail Log and test emails do not see it. Delete what is not needed there, or make the disk larger.',
				'email-gateway'
			),
			megabytes( freeBytes ),
			folder
		);
	}
	return freeBytes <= refusesBelowBytes
		? sprintf(
				/* translators: 1: number of megabytes, 2: a folder on the server */
				__(
					'Only %1$s MB are left for mail in %2$s, so Postfix refuses what sites send by SMTP. Once nothing is left, no site can send. Delete what is not needed there, for example old backups, or make the disk larger. What waits is kept.',
					'email-gateway'
				),
				megabytes( freeBytes ),
				folder
		  )
		: sprintf(
				/* translators: 1: number of megabytes, 2: a folder on the server, 3: number of megabytes */
				__(
					'Only %1$s MB are left for mail in %2$s. Below %3$s MB Postfix refuses what sites send by SMTP; once nothing is left, no site can send. Delete what is not needed there, for example old backups, or make the disk larger.',
					'email-gateway'
				),
				megabytes( freeBytes ),
				folder,
				megabytes( refusesBelowBytes )
		  );
}

/** Of each file system of queue and log that has little left: what happens, and what to do before. */
// what this browser kept of a former version has none
export const roomWords = ( room: Observation[ 'room' ] | undefined ): string[] =>
	( room ?? [] ).filter( ( { lacks } ) => lacks !== null ).map( words );
