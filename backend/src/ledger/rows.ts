import type { Selectable } from 'kysely';
import type { MailTable } from '../db/tables.ts';
import type { Mail, Recipient } from './mail.ts';

export type MailRow = Selectable< MailTable >;

/** The messages of some rows, by queue id. */
export function mailsOf( rows: readonly MailRow[] ): Map< string, Mail > {
	const mails = new Map< string, Mail >();
	for ( const row of [ ...rows ].sort( ( a, b ) => a.n - b.n ) ) {
		const { queueId, at, origin, uid, sender, fromDomain, bytes } = row;
		const mail = mails.get( queueId );
		if ( mail ) {
			mail.recipients.push( recipientOf( row ) );
		} else {
			const known = { queueId, at: at.getTime(), origin, uid, sender, fromDomain, bytes };
			mails.set( queueId, { ...known, recipients: [ recipientOf( row ) ] } );
		}
	}
	return mails;
}

export const recipientOf = ( row: MailRow ): Recipient => ( {
	recipient: row.recipient,
	outcome: row.outcome,
	cause: row.cause,
	dsn: row.dsn,
	reply: row.reply,
	relay: row.relay,
	tls: row.tls,
	tries: row.tries,
	delayMs: row.delayMs,
	triedAt: row.triedAt?.getTime() ?? null,
} );

const time = ( atMs: number ) => new Date( atMs ).toISOString();

/** The rows of some messages as JSON for `json_populate_recordset`. */
export function rowsOf( log: number, mails: readonly Mail[] ): string {
	return JSON.stringify(
		mails.flatMap( ( { queueId, at, origin, uid, sender, fromDomain, bytes, recipients } ) =>
			recipients.map( ( { triedAt, delayMs, ...one }, n ) => ( {
				...{ log, n, queue_id: queueId, at: time( at ), origin, uid, sender, from_domain: fromDomain, bytes },
				...{ ...one, tried_at: triedAt === null ? null : time( triedAt ), delay_ms: delayMs },
			} ) )
		)
	);
}
