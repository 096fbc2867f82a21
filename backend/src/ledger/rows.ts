import type { Selectable } from 'kysely';
import type { MailTable } from '../db/mail-tables.ts';
import type { Mail, Recipient } from './mail.ts';

/** A row with where the last try went. */
export interface MailRow extends Omit< Selectable< MailTable >, 'route' > {
	relay: string | null;
	/** Empty where the log does not tell. */
	tls: string | null;
}

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

/** `5.1.1` of `550 5.1.1 User unknown`: an enhanced code that a reply tells is not written a second time. */
const codeIn = ( reply: string | null ) => /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3}) /.exec( reply ?? '' )?.[ 1 ] ?? null;

export const recipientOf = ( row: MailRow ): Recipient => ( {
	recipient: row.recipient,
	outcome: row.outcome,
	cause: row.cause,
	dsn: row.dsn ?? codeIn( row.reply ),
	reply: row.reply,
	relay: row.relay,
	tls: row.tls || null,
	tries: row.tries,
	delayMs: row.delayMs,
} );

export type Routes = ReadonlyMap< string, number >;
export const routeKey = ( { relay, tls }: Pick< Recipient, 'relay' | 'tls' > ) => `${ relay } ${ tls ?? '' }`;

/** The rows of some messages as JSON for `json_populate_recordset`. */
export function rowsOf( log: number, mails: readonly Mail[], routes: Routes ): string {
	return JSON.stringify(
		mails.flatMap( ( { queueId, at, origin, uid, sender, fromDomain, bytes, recipients } ) =>
			recipients.map( ( one, n ) => ( {
				...{ log, n, queue_id: queueId, at: new Date( at ).toISOString(), origin, uid, bytes },
				...{ sender, from_domain: fromDomain, recipient: one.recipient, outcome: one.outcome },
				...{ cause: one.cause, dsn: one.dsn === codeIn( one.reply ) ? null : one.dsn, reply: one.reply },
				...{ tries: one.tries, delay_ms: one.delayMs, route: routes.get( routeKey( one ) ) ?? null },
			} ) )
		)
	);
}
