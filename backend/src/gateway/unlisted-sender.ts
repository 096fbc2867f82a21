import { parseLine } from './mail-log.ts';

/** A message that may have been held or refused because its envelope sender is not listed for the user who sent it. */
export interface UnlistedSender {
	uid: number;
	/** Lower case. */
	sender: string;
	/** By sendmail it is held, by SMTP refused. */
	how: 'held' | 'refused';
}

const isAddress = ( sender: string ) => /^[^@\s<>]{1,64}@[a-z0-9._-]{1,255}$/.test( sender );
const written = ( uid: string, sender: string, how: UnlistedSender[ 'how' ] ): UnlistedSender | null => {
	const address = sender.toLowerCase().replace( /\.+$/, '' );
	return isAddress( address ) ? { uid: Number( uid ), sender: address, how } : null;
};

const byPickup = /^uid=(\d{1,10}) from=<([^<>]{1,320})>$/;
const refusal =
	/^(?:NOQUEUE: )?reject: (?:DATA|BDAT) from \S+: 554 5\.7\.1 (?:<[A-Z]+>: [A-Za-z]+ command rejected: )?This sender is not listed for this site \(uid=(\d{1,10})\); from=<([^>]{1,320})> to=/;

/**
 * Reads the lines of a piece one after the other. Why a mail filter holds a message Postfix does not log, and its line names
 * the sender that was put in: who sent it as what says the line of pickup(8) a moment before. Pauses hold as well, so who
 * shows it leaves out senders that are listed.
 */
export function unlistedReader(): ( line: string ) => UnlistedSender | null {
	const submitted = new Map< string, readonly [ uid: string, sender: string ] >();
	return ( line ) => {
		const { service, queueId, text = '' } = parseLine( line ) ?? {};
		if ( service === 'pickup' && queueId ) {
			const [ , uid, sender ] = byPickup.exec( text ) ?? [];
			if ( uid !== undefined && sender !== undefined ) {
				submitted.set( queueId, [ uid, sender ] );
			}
		}
		if ( service === 'cleanup' && queueId && text.startsWith( 'milter-hold: END-OF-MESSAGE from ' ) ) {
			const who = submitted.get( queueId );
			return who ? written( ...who, 'held' ) : null;
		}
		const [ , uid, sender ] = ( service === 'smtpd' && refusal.exec( text ) ) || [];
		return uid !== undefined && sender !== undefined ? written( uid, sender, 'refused' ) : null;
	};
}
